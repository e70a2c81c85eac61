"""Keep what a month was checked for and what it was sealed with. Rows are never changed."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from diversion.core.database import Base
from diversion.core.handles import new_handle
from diversion.core.money import Money


class Check(StrEnum):
    """What must be in order before a month is closed, in the order of the list."""

    DEPOSITED = "deposited"
    NUMBERS = "numbers"
    DRAWERS = "drawers"
    CONFIRMED = "confirmed"
    BANK = "bank"
    SUSPENSE = "suspense"
    WAITING = "waiting"
    BALANCED = "balanced"
    PROVED = "proved"
    SIGNED = "signed"
    WEEKS = "weeks"
    STATUTORY = "statutory"
    YEAR_END = "year_end"
    BEFORE = "before"


class PeriodSnapshot(Base):
    """A month as it was when it was closed; `turn` counts its closings.

    `digest` is over the balances, the counts and the last entry, so that nothing of it
    can be changed unseen.
    """

    __tablename__ = "period_snapshot"
    __table_args__ = (UniqueConstraint("period_id", "turn"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    period_id: Mapped[int] = mapped_column(ForeignKey("period.id"))
    turn: Mapped[int]
    last_entry: Mapped[int]
    chain_hash: Mapped[str] = mapped_column(String(64))
    entries: Mapped[int]
    lines: Mapped[int]
    debits: Mapped[Money]
    credits: Mapped[Money]
    receipts: Mapped[int]
    received: Mapped[Money]
    deposits: Mapped[int]
    deposited: Mapped[Money]
    digest: Mapped[str] = mapped_column(String(64))
    taken_by_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    taken_at: Mapped[datetime]


class PeriodBalance(Base):
    """A line of the trial balance of a snapshot."""

    __tablename__ = "period_balance"

    snapshot_id: Mapped[int] = mapped_column(ForeignKey("period_snapshot.id"), primary_key=True)
    account: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    opening: Mapped[Money]
    debits: Mapped[Money]
    credits: Mapped[Money]

    @property
    def closing(self) -> Money:
        return self.opening + self.debits - self.credits


class PeriodFinding(Base):
    """How a check stood when the month was closed; `found` counts what was explained."""

    __tablename__ = "period_finding"

    snapshot_id: Mapped[int] = mapped_column(ForeignKey("period_snapshot.id"), primary_key=True)
    check: Mapped[Check] = mapped_column(primary_key=True)
    found: Mapped[int]


class PeriodProof(Base):
    """That the journal was proved, up to which entry, and with which exit code."""

    __tablename__ = "period_proof"

    id: Mapped[int] = mapped_column(primary_key=True)
    last_entry: Mapped[int]
    exit_code: Mapped[int]
    proved_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    proved_at: Mapped[datetime]


class PeriodSignature(Base):
    """That somebody looked through the exceptions and open items of a month, up to an entry."""

    __tablename__ = "period_signature"

    id: Mapped[int] = mapped_column(primary_key=True)
    period_id: Mapped[int] = mapped_column(ForeignKey("period.id"), index=True)
    last_entry: Mapped[int]
    signed_by_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    signed_at: Mapped[datetime]


class PeriodExplanation(Base):
    """Why something may stay open at the end of a month, up to an entry."""

    __tablename__ = "period_explanation"

    id: Mapped[int] = mapped_column(primary_key=True)
    period_id: Mapped[int] = mapped_column(ForeignKey("period.id"), index=True)
    check: Mapped[Check]
    last_entry: Mapped[int]
    reason: Mapped[str] = mapped_column(String(200))
    explained_by_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    explained_at: Mapped[datetime]


class Reopening(Base):
    """That somebody asks to open a closed month again. The decision is the second person's."""

    __tablename__ = "reopening"
    __table_args__ = (CheckConstraint("length(reason) >= 20", name="reason_says_why"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    handle: Mapped[str] = mapped_column(String(20), unique=True, default=new_handle)
    period_id: Mapped[int] = mapped_column(ForeignKey("period.id"), index=True)
    snapshot_id: Mapped[int] = mapped_column(ForeignKey("period_snapshot.id"))
    reason: Mapped[str] = mapped_column(String(200))
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    asked_at: Mapped[datetime]
