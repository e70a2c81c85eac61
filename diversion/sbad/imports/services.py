"""Check a tracking workbook, take it over in one act, and take it back."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from diversion.audit.models import Act
from diversion.audit.services import record
from diversion.core.tracks import Track
from diversion.core.workbooks import reading as workbooks
from diversion.core.workbooks.reading import Sheet
from diversion.enrollments.imports import queries as runs
from diversion.enrollments.imports import services as keeping
from diversion.enrollments.imports.lines import Fate
from diversion.enrollments.imports.matching import with_those_on_record
from diversion.enrollments.imports.models import ImportRun
from diversion.enrollments.imports.services import NothingToImport
from diversion.sbad.imports import reading, taken_back
from diversion.sbad.imports.people import PeopleMaker
from diversion.sbad.imports.reading import Reading
from diversion.staff.models import Staff

FILE_KIND = "sbad_tracking"


@dataclass(frozen=True)
class Check:
    """What an import of a file would do. `earlier` is the run that read it in before."""

    sha256: str
    reading: Reading
    earlier: ImportRun | None

    @property
    def counts(self) -> dict[str, int]:
        """Return how many lines come to which fate, and what the new ones owe and paid."""
        new = [line.entry for line in self.reading.of(Fate.CREATE) if line.entry]
        return {
            **{fate.value: self.reading.counted(fate) for fate in Fate},
            "fees_cents": sum(entry.fee.cents for entry in new if entry.fee),
            "paid_cents": sum(entry.paid().cents for entry in new),
            "payments": sum(len(entry.payments) for entry in new),
        }


def read_sheets(content: bytes) -> tuple[Sheet, ...]:
    """Return the sheets of a file. Slow, so outside any transaction. Raises Unreadable."""
    return workbooks.read(content)


def check(content: bytes, sheets: Iterable[Sheet], *, by: Staff, today: date) -> Check:
    """Say what an import would do; nothing but the log is written. Raises NotUnderstood."""
    sha256 = hashlib.sha256(content).hexdigest()
    found = with_those_on_record(reading.read(sheets, today=today), Track.SBAD, reading.identity_of)
    made = Check(sha256, found, runs.standing_run(Track.SBAD, FILE_KIND, sha256))
    record(
        Act.IMPORT_CHECKED, f"file:{sha256[:16]}", by=by, track=Track.SBAD, lines=len(found.lines)
    )
    return made


def take_over(
    content: bytes, sheets: Iterable[Sheet], *, by: Staff, today: date, now: datetime
) -> tuple[ImportRun, bool]:
    """Take over everybody new in a file; say whether anything was done.

    The same file again gives the earlier run. People, enrollments, classes with their
    marks, fees and payments are made in the caller's transaction, all or nothing.
    Raises NotUnderstood, NothingToImport.
    """
    checked = check(content, sheets, by=by, today=today)
    if checked.earlier is not None:
        return checked.earlier, False
    lines = checked.reading.of(Fate.CREATE)
    if not lines:
        raise NothingToImport
    run, _new = keeping.start(Track.SBAD, FILE_KIND, checked.sha256, by=by, now=now)
    PeopleMaker(run, by=by, today=today, now=now).make(lines)
    keeping.finish(run, checked.counts, by=by)
    return run, True


def undo(run: ImportRun, *, by: Staff, today: date, now: datetime) -> None:
    """Take a run back whole. Raises BuiltOn once work was added to what it made."""
    if run.undone_at is None:
        taken_back.check(run)
    keeping.undo(run, taken_back.undoers(by=by, today=today, now=now), by=by, now=now)
