"""Keep the batches for the county's general ledger, and which entry went in which."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from diversion.core.database import Base
from diversion.core.money import Money
from diversion.core.words import _


class Books(StrEnum):
    """Whose money a batch carries; the two never share one."""

    ACCOUNT = "account"
    STATUTORY = "statutory"


class Format(StrEnum):
    """How the file is laid out."""

    CSV = "csv"
    FIXED = "fixed"
    WORKBOOK = "workbook"


BOOKS_WORDS = {
    Books.ACCOUNT: _("The Human Trafficking Account"),
    Books.STATUTORY: _("Statutory fee, held for the state"),
}
FORMAT_WORDS = {
    Format.CSV: _("CSV"),
    Format.FIXED: _("Fixed width"),
    Format.WORKBOOK: _("Workbook for upload (.xlsx)"),
}


class CountyBatch(Base):
    """A file for the county; `turn` counts those of one month, the later ones being deltas."""

    __tablename__ = "county_batch"
    __table_args__ = (
        CheckConstraint("debits = credits", name="sums_to_zero"),
        CheckConstraint("turn >= 1", name="turn_counts"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(20), unique=True)
    period_id: Mapped[int] = mapped_column(ForeignKey("period.id"))
    day: Mapped[date | None]
    books: Mapped[Books]
    turn: Mapped[int]
    format: Mapped[Format]
    detailed: Mapped[bool]
    name: Mapped[str] = mapped_column(String(80))
    lines: Mapped[int]
    entries: Mapped[int]
    debits: Mapped[Money]
    credits: Mapped[Money]
    first_entry: Mapped[int] = mapped_column(ForeignKey("entry.id"))
    last_entry: Mapped[int] = mapped_column(ForeignKey("entry.id"))
    chain_hash: Mapped[str] = mapped_column(String(64))
    sha256: Mapped[str] = mapped_column(String(64))
    content: Mapped[bytes] = mapped_column(LargeBinary)
    made_by_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    made_at: Mapped[datetime]


class CountyBatchEntry(Base):
    """That an entry went to the county; its key alone sees to it that it goes once."""

    __tablename__ = "county_batch_entry"

    entry_id: Mapped[int] = mapped_column(
        ForeignKey("entry.id"), primary_key=True, autoincrement=False
    )
    batch_id: Mapped[int] = mapped_column(ForeignKey("county_batch.id"), index=True)


class CountyAcknowledgement(Base):
    """Under which number the county booked a batch."""

    __tablename__ = "county_acknowledgement"

    batch_id: Mapped[int] = mapped_column(
        ForeignKey("county_batch.id"), primary_key=True, autoincrement=False
    )
    county_number: Mapped[str] = mapped_column(String(40))
    sha256: Mapped[str] = mapped_column(String(64))
    noted_by_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    noted_at: Mapped[datetime]
