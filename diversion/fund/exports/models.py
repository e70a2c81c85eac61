"""Keep a log of every file of the ledger that left the program."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from diversion.core.database import Base
from diversion.core.handles import new_handle
from diversion.core.words import _


class FileKind(StrEnum):
    """What can be taken out."""

    WORKBOOK = "workbook"
    CSV_SPREADSHEET = "csv_spreadsheet"
    CSV_AUDIT = "csv_audit"
    JOURNALS = "journals"


class Purpose(StrEnum):
    """Why somebody takes the ledger out."""

    MONTH_CLOSE = "month_close"
    COUNTY_LEDGER = "county_ledger"
    AUDIT = "audit"
    RECONCILIATION = "reconciliation"
    OVERSIGHT = "oversight"


KIND_WORDS = {
    FileKind.WORKBOOK: _("Workbook (.xlsx)"),
    FileKind.CSV_SPREADSHEET: _("Journal as CSV, for spreadsheets"),
    FileKind.CSV_AUDIT: _("Journal as CSV, for the auditor's script"),
    FileKind.JOURNALS: _("Journals for hledger, Ledger and beancount"),
}
PURPOSE_WORDS = {
    Purpose.MONTH_CLOSE: _("Closing the month"),
    Purpose.COUNTY_LEDGER: _("The county's general ledger"),
    Purpose.AUDIT: _("An audit"),
    Purpose.RECONCILIATION: _("Reconciling with the treasurer"),
    Purpose.OVERSIGHT: _("Report to the board"),
}


class ExportRun(Base):
    """One file: who took it, why, up to which entry, and what exactly it was."""

    __tablename__ = "export_run"
    __table_args__ = (Index(None, "staff_id", "made_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    handle: Mapped[str] = mapped_column(String(20), unique=True, default=new_handle)
    kind: Mapped[FileKind]
    purpose: Mapped[Purpose]
    first_on: Mapped[date]
    last_on: Mapped[date]
    last_entry: Mapped[int]
    chain_hash: Mapped[str] = mapped_column(String(64))
    lines: Mapped[int]
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    made_at: Mapped[datetime]


class KeptExport(Base):
    """The file of a closed month: made once, then handed out again as it was.

    `last_entry` is the last one at the closing; a month that was closed anew has another.
    """

    __tablename__ = "kept_export"
    __table_args__ = (UniqueConstraint("kind", "first_on", "last_on", "last_entry"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[FileKind]
    first_on: Mapped[date]
    last_on: Mapped[date]
    last_entry: Mapped[int] = mapped_column(ForeignKey("entry.id"))
    chain_hash: Mapped[str] = mapped_column(String(64))
    name: Mapped[str] = mapped_column(String(80))
    lines: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    content: Mapped[bytes] = mapped_column(LargeBinary)
    made_at: Mapped[datetime]
