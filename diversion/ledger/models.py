"""Keep the journal: lines first, the entry row last as their seal. Numbers only, no person."""

from datetime import date, datetime

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Index,
    Integer,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from diversion.core.database import Base
from diversion.core.money import LIMIT
from diversion.ledger.accounts import Group, Kind
from diversion.ledger.commands import Mode, PeriodState
from diversion.ledger.events import Event

# STRICT tables of SQLite know INTEGER alone; it holds 64 bits there.
Whole = BigInteger().with_variant(Integer(), "sqlite")
HASH = String(64)


class AccountRow(Base):
    """An account of the chart; only its name, county string and use may change."""

    __tablename__ = "account"

    code: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    name: Mapped[str] = mapped_column(String(80))
    kind: Mapped[Kind]
    grp: Mapped[Group]
    sgn: Mapped[int]
    sub: Mapped[str] = mapped_column(String(20))
    earmarked: Mapped[bool]
    active: Mapped[bool]
    county_string: Mapped[str] = mapped_column(String(60))


class Earmark(Base):
    """A purpose that money is bound to; 0 is general."""

    __tablename__ = "earmark"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    name: Mapped[str] = mapped_column(String(80))


class Period(Base):
    """A month of the books, such as 202611; 0 stands for the time before them."""

    __tablename__ = "period"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    state: Mapped[PeriodState]


class PeriodEvent(Base):
    """Who opened, closed or reopened a period, and why; never changed."""

    __tablename__ = "period_event"

    id: Mapped[int] = mapped_column(primary_key=True)
    period_id: Mapped[int] = mapped_column(ForeignKey("period.id"))
    state: Mapped[PeriodState]
    actor: Mapped[int]
    approver: Mapped[int | None]
    reason: Mapped[str] = mapped_column(String(200))
    last_entry: Mapped[int]
    happened_at: Mapped[datetime]


class OfficeSwitch(Base):
    """That small-office mode was switched on or off, for the entries after one; never changed."""

    __tablename__ = "office_switch"
    __table_args__ = (CheckConstraint("reason <> ''", name="says_why"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    is_on: Mapped[bool]
    after_entry: Mapped[int]
    reason: Mapped[str] = mapped_column(String(200))
    actor: Mapped[int]
    switched_on: Mapped[date]
    switched_at: Mapped[datetime]


class ChainHead(Base):
    """The last entry and its hash; whoever holds this row's lock posts next."""

    __tablename__ = "chain_head"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    seq: Mapped[int]
    hash: Mapped[str] = mapped_column(HASH)


class Entry(Base):
    """The seal over its lines. Hashes are upper-case hex."""

    __tablename__ = "entry"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    key: Mapped[str] = mapped_column(String(100), unique=True)
    request_hash: Mapped[str] = mapped_column(HASH)
    event: Mapped[Event] = mapped_column(ForeignKey("event_type.code"))
    doc: Mapped[str] = mapped_column(String(40))
    effective_on: Mapped[date] = mapped_column(index=True)
    posted_at: Mapped[datetime]
    period: Mapped[int] = mapped_column(ForeignKey("period.id"))
    actor: Mapped[int]
    approver: Mapped[int | None]
    reverses: Mapped[int | None] = mapped_column(ForeignKey("entry.id"), unique=True)
    memo_hash: Mapped[str] = mapped_column(HASH)
    lines: Mapped[int]
    total: Mapped[int] = mapped_column(Whole)
    prev: Mapped[str] = mapped_column(HASH)
    hash: Mapped[str] = mapped_column(HASH)


class Posting(Base):
    """One line of an entry; debits are positive cents."""

    __tablename__ = "posting"
    __table_args__ = (
        UniqueConstraint("entry_id", "account", "sub", "earmark"),
        CheckConstraint("line >= 1", name="line_counts"),
        CheckConstraint(f"cents <> 0 AND abs(cents) <= {LIMIT}", name="cents_in_range"),
        Index("ix_posting_account_sub_entry_id", "account", "sub", "entry_id"),
        {"sqlite_strict": True, "sqlite_with_rowid": False},
    )

    entry_id: Mapped[int] = mapped_column(
        ForeignKey("entry.id", deferrable=True, initially="DEFERRED"),
        primary_key=True, autoincrement=False,
    )  # fmt: skip
    line: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    account: Mapped[int] = mapped_column(ForeignKey("account.code"))
    sub: Mapped[int]
    earmark: Mapped[int] = mapped_column(ForeignKey("earmark.number"))
    cents: Mapped[int] = mapped_column(Whole)


class Balance(Base):
    """Growing totals per account, sub-ledger key and earmark; only the seal's trigger writes."""

    __tablename__ = "balance"
    __table_args__ = (
        CheckConstraint("sgn * (debits - credits) >= 0", name="floor"),
        CheckConstraint("debits >= 0 AND credits >= 0", name="totals_grow"),
        {"sqlite_strict": True, "sqlite_with_rowid": False},
    )

    account: Mapped[int] = mapped_column(
        ForeignKey("account.code"), primary_key=True, autoincrement=False
    )
    sub: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    earmark: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    sgn: Mapped[int]
    debits: Mapped[int] = mapped_column(Whole)
    credits: Mapped[int] = mapped_column(Whole)


class Series(Base):
    """A gapless row of receipt numbers."""

    __tablename__ = "series"

    prefix: Mapped[str] = mapped_column(String(20), primary_key=True)
    last: Mapped[int]


class ReceiptNumber(Base):
    """The register of receipts: what was handed over under which number."""

    __tablename__ = "receipt_number"
    __table_args__ = (
        UniqueConstraint("series", "number"),
        UniqueConstraint("entry_id"),
        CheckConstraint(f"cents > 0 AND cents <= {LIMIT}", name="cents_in_range"),
        Index(
            "uq_receipt_number_card_reference", "reference", unique=True,
            sqlite_where=text("mode = 'card' AND NOT imported"),
            postgresql_where=text("mode = 'card' AND NOT imported"),
        ),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    series: Mapped[str] = mapped_column(ForeignKey("series.prefix"))
    number: Mapped[int]
    entry_id: Mapped[int] = mapped_column(
        ForeignKey("entry.id", deferrable=True, initially="DEFERRED")
    )
    mode: Mapped[Mode]
    cents: Mapped[int] = mapped_column(Whole)
    reference: Mapped[str] = mapped_column(String(40))
    imported: Mapped[bool]

    @property
    def shown(self) -> str:
        return f"{self.series}{self.number:06d}"


class Memo(Base):
    """Words about an entry, apart from it: they may be erased, the chain stays whole."""

    __tablename__ = "memo"

    entry_id: Mapped[int] = mapped_column(
        ForeignKey("entry.id"), primary_key=True, autoincrement=False
    )
    salt: Mapped[str] = mapped_column(String(64))
    text: Mapped[str] = mapped_column(String(400))


class Checkpoint(Base):
    """A hash that was also written elsewhere."""

    __tablename__ = "checkpoint"

    id: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[int]
    hash: Mapped[str] = mapped_column(HASH)
    written_at: Mapped[datetime]
