"""Make files of the ledger, and let none leave without its row in the log."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import select

from diversion.core.database import db
from diversion.core.errors import Refused
from diversion.core.words import _
from diversion.fund.exports import csv_files, general_ledger, journals, kept, workbook
from diversion.fund.exports.models import KeptExport
from diversion.fund.leaving import queries
from diversion.fund.leaving import services as leaving
from diversion.fund.leaving.models import ExportRun, FileKind, Purpose
from diversion.ledger import extracts
from diversion.ledger import queries as ledger
from diversion.ledger.closed import closed_at
from diversion.ledger.extracts import Range
from diversion.ledger.queries import Head
from diversion.staff.models import Staff

AN_HOUR = 5
WHOLE_FROM = date(1900, 1, 1)  # where the time before these books begins


class TooMany(Refused):
    """Files of the ledger are few an hour."""

    status = 429
    sentence = _("You took five files within an hour. Wait a little before the next.")


@dataclass(frozen=True)
class AsOf:
    """A file of some days as it is at one entry; `closed` where that is the end of a month."""

    kind: FileKind
    wanted: Range
    head: Head
    closed: bool = False


@dataclass(frozen=True)
class Built:
    """A file that was made and has not left yet; `closed` when its month is."""

    path: Path
    name: str
    kind: FileKind
    wanted: Range
    chain_hash: str
    lines: int
    closed: bool = False

    @property
    def size(self) -> int:
        return self.path.stat().st_size


def as_of(kind: FileKind, first: date, last: date) -> AsOf:
    """Fix a file of the days from `first` to `last` at the newest entry of this moment.

    That of a closed month reaches to the entry at which it was closed.
    """
    closing = closed_at(first, last)
    head = closing or ledger.head()
    return AsOf(kind, Range(first, last, head.number), head, closing is not None)


def is_long(asked: AsOf, most: int) -> bool:
    """Say whether a file has more than `most` lines and is not kept from an earlier time."""
    if not extracts.has_more(asked.wanted, most):
        return False
    return not (asked.closed and kept.is_kept(*_named(asked)))


def make(asked: AsOf, *, zone: ZoneInfo, folder: Path) -> Built:
    """Write a file into `folder`; that of a closed month is made only once.

    `zone` is the court's.
    """
    again = kept.kept(*_named(asked)) if asked.closed else None
    if again is not None:
        (folder / again.name).write_bytes(again.content)
        return built(asked, folder / again.name, again.lines)
    name, lines = _write(asked, zone, folder)
    return built(asked, folder / name, lines)


def built(asked: AsOf, path: Path, lines: int) -> Built:
    """Return what lies at `path` as the file that was asked for."""
    return Built(
        path, path.name, asked.kind, asked.wanted, asked.head.hash, lines, closed=asked.closed
    )


def _named(asked: AsOf) -> tuple[FileKind, date, date, int]:
    return asked.kind, asked.wanted.first, asked.wanted.last, asked.head.number


def _write(asked: AsOf, zone: ZoneInfo, folder: Path) -> tuple[str, int]:
    wanted, head = asked.wanted, asked.head
    month = "all" if wanted.first == WHOLE_FROM else f"{wanted.first:%Y-%m}"
    if asked.kind is FileKind.WORKBOOK:
        name = f"{month}_ledger_ht-account.xlsx"
        return name, workbook.write(folder / name, wanted, head, zone)
    if asked.kind is FileKind.GENERAL_LEDGER:
        name = f"{month}_general-ledger_ht-account.xlsx"
        return name, general_ledger.write(folder / name, wanted, head)
    if asked.kind is FileKind.JOURNALS:
        name = f"{month}_journals_ht-account.zip"
        return name, journals.write(folder / name, wanted, head)
    spreadsheet = asked.kind is FileKind.CSV_SPREADSHEET
    journal = f"{month}_journal_ht-account{'' if spreadsheet else '_audit'}"
    name = f"{journal}.zip"
    return name, csv_files.write(folder / name, wanted, head, journal, spreadsheet=spreadsheet)


def log(built: Built, purpose: Purpose, *, by: Staff, now: datetime) -> ExportRun:
    """Keep who takes which file and why, before its bytes leave. Raises TooMany."""
    db.session.execute(select(Staff.id).where(Staff.id == by.id).with_for_update())
    allow(by, now=now)
    file = leaving.of(built.path, built.kind, purpose, built.wanted, built.chain_hash, built.lines)
    run = leaving.note(file, by=by, now=now)
    if built.closed:
        kept.keep(built.path, _kept(built, run), now=now)
    return run


def _kept(built: Built, run: ExportRun) -> KeptExport:
    return KeptExport(
        kind=run.kind, first_on=run.first_on, last_on=run.last_on, last_entry=run.last_entry,
        chain_hash=run.chain_hash, name=built.name, lines=run.lines, sha256=run.sha256,
    )  # fmt: skip


def allow(by: Staff, *, now: datetime) -> None:
    """Raise TooMany for whoever took five files within an hour."""
    if queries.taken_since(by.id, now - timedelta(hours=1)) >= AN_HOUR:
        raise TooMany
