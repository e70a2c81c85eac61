"""Keep a log of every file of the ledger that left the program."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from diversion.core.database import Base
from diversion.core.handles import new_handle
from diversion.core.words import _


class FileKind(StrEnum):
    """What can be taken out; the last two are not made on the page of exports."""

    WORKBOOK = "workbook"
    GENERAL_LEDGER = "general_ledger"
    CSV_SPREADSHEET = "csv_spreadsheet"
    CSV_AUDIT = "csv_audit"
    JOURNALS = "journals"
    REPORT = "report"
    COUNTY_BATCH = "county_batch"


class Purpose(StrEnum):
    """Why somebody takes the ledger out."""

    MONTH_CLOSE = "month_close"
    COUNTY_LEDGER = "county_ledger"
    AUDIT = "audit"
    RECONCILIATION = "reconciliation"
    OVERSIGHT = "oversight"
    REPORT = "report"


KIND_WORDS = {
    FileKind.WORKBOOK: _("Workbook (.xlsx)"),
    FileKind.GENERAL_LEDGER: _("General ledger (.xlsx)"),
    FileKind.CSV_SPREADSHEET: _("Journal as CSV, for spreadsheets"),
    FileKind.CSV_AUDIT: _("Journal as CSV, for the auditor's script"),
    FileKind.JOURNALS: _("Journals for hledger, Ledger and beancount"),
    FileKind.REPORT: _("Report (.xlsx)"),
    FileKind.COUNTY_BATCH: _("Batch for the county"),
}
PURPOSE_WORDS = {
    Purpose.MONTH_CLOSE: _("Closing the month"),
    Purpose.COUNTY_LEDGER: _("The county's general ledger"),
    Purpose.AUDIT: _("An audit"),
    Purpose.RECONCILIATION: _("Reconciling with the treasurer"),
    Purpose.OVERSIGHT: _("Report to the board"),
    Purpose.REPORT: _("Read as a report"),
}


class ExportRun(Base):
    """One file: who took it, why, up to which entry, and what exactly it was."""

    __tablename__ = "export_run"
    __table_args__ = (Index(None, "staff_id", "made_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    handle: Mapped[str] = mapped_column(String(20), unique=True, default=new_handle)
    kind: Mapped[FileKind]
    purpose: Mapped[Purpose]
    name: Mapped[str] = mapped_column(String(80), default="")
    first_on: Mapped[date]
    last_on: Mapped[date]
    last_entry: Mapped[int]
    chain_hash: Mapped[str] = mapped_column(String(64))
    lines: Mapped[int]
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    made_at: Mapped[datetime]
