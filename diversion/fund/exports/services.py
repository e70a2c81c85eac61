"""Make files of the ledger, and let none leave without its row in the log."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import select

from diversion.audit.models import Act
from diversion.audit.services import record
from diversion.core.database import db
from diversion.core.errors import Refused
from diversion.core.words import _
from diversion.fund.exports import csv_files, journals, queries, workbook
from diversion.fund.exports.models import ExportRun, FileKind, Purpose
from diversion.ledger import extracts
from diversion.ledger import queries as ledger
from diversion.ledger.extracts import Range
from diversion.staff.models import Staff

AN_HOUR = 5
MOST_LINES = 200_000


class TooMany(Refused):
    """Files of the ledger are few an hour."""

    status = 429
    sentence = _("You took five files within an hour. Wait a little before the next.")


class TooLarge(Refused):
    """A page can't wait for so long."""

    sentence = _("These days have more lines than a page can wait for. Choose fewer days.")


@dataclass(frozen=True)
class Built:
    """A file that was made and has not left yet."""

    path: Path
    name: str
    kind: FileKind
    wanted: Range
    chain_hash: str
    lines: int

    @property
    def size(self) -> int:
        return self.path.stat().st_size


def build(kind: FileKind, first: date, last: date, *, zone: ZoneInfo, folder: Path) -> Built:
    """Write a file of the days from `first` to `last` into `folder`, up to the newest entry.

    `zone` is the court's. Raises TooLarge.
    """
    head = ledger.head()
    wanted = Range(first, last, head.number)
    if extracts.sums(wanted).lines > MOST_LINES:
        raise TooLarge
    month = f"{first:%Y-%m}"
    if kind is FileKind.WORKBOOK:
        name = f"{month}_ledger_ht-account.xlsx"
        lines = workbook.write(folder / name, wanted, head, zone)
    elif kind is FileKind.JOURNALS:
        name = f"{month}_journals_ht-account.zip"
        lines = journals.write(folder / name, wanted, head)
    else:
        spreadsheet = kind is FileKind.CSV_SPREADSHEET
        journal = f"{month}_journal_ht-account{'' if spreadsheet else '_audit'}"
        name = f"{journal}.zip"
        lines = csv_files.write(folder / name, wanted, head, journal, spreadsheet=spreadsheet)
    return Built(folder / name, name, kind, wanted, head.hash, lines)


def log(built: Built, purpose: Purpose, *, by: Staff, now: datetime) -> ExportRun:
    """Keep who takes which file and why, before its bytes leave. Raises TooMany."""
    db.session.execute(select(Staff.id).where(Staff.id == by.id).with_for_update())
    allow(by, now=now)
    run = ExportRun(
        kind=built.kind, purpose=purpose, first_on=built.wanted.first, last_on=built.wanted.last,
        last_entry=built.wanted.up_to, chain_hash=built.chain_hash, lines=built.lines,
        size=built.size, sha256=csv_files.sha256(built.path), staff_id=by.id, made_at=now,
    )  # fmt: skip
    db.session.add(run)
    db.session.flush()
    record(Act.EXPORT_MADE, f"export:{run.handle}", by=by, kind=built.kind.value,
           purpose=purpose.value, first=built.wanted.first.isoformat(),
           last=built.wanted.last.isoformat(), last_entry=built.wanted.up_to, lines=built.lines,
           sha256=run.sha256)  # fmt: skip
    return run


def allow(by: Staff, *, now: datetime) -> None:
    """Raise TooMany for whoever took five files within an hour."""
    if queries.taken_since(by.id, now - timedelta(hours=1)) >= AN_HOUR:
        raise TooMany
