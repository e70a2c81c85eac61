"""Show what a list would do, do it once, and undo it while nothing rests on it."""

import hashlib
from collections.abc import Iterable
from datetime import date, datetime

from diversion.audit.models import Act
from diversion.audit.services import record
from diversion.community_court.imports import queries, writing
from diversion.community_court.imports.reading import Reading, identity_of, read
from diversion.core.tracks import Track
from diversion.core.workbooks import reading as workbooks
from diversion.core.workbooks.reading import Sheet
from diversion.enrollments.imports import services as runs
from diversion.enrollments.imports.lines import Fate
from diversion.enrollments.imports.matching import with_those_on_record
from diversion.enrollments.imports.models import ImportRun
from diversion.enrollments.imports.services import BuiltOn, NothingToImport
from diversion.staff.models import Staff

TRACK = Track.COMMUNITY_COURT
KIND = "list"


def read_sheets(content: bytes, *, today: date) -> tuple[Sheet, ...]:
    """Return the sheets of a file that holds a list. Slow, so outside any transaction.

    Raises Unreadable, NotUnderstood.
    """
    sheets = workbooks.read(content)
    read(sheets, today=today)
    return sheets


def preview(sheets: Iterable[Sheet], *, today: date) -> Reading:
    """Return what a file would do; nothing is written. Raises NotUnderstood."""
    return with_those_on_record(read(sheets, today=today), TRACK, identity_of)


def check(content: bytes, sheets: Iterable[Sheet], *, by: Staff, today: date) -> Reading:
    """Say what an import would do; nothing but the log is written. Raises NotUnderstood."""
    found = preview(sheets, today=today)
    about = f"file:{digest(content)[:16]}"
    record(Act.IMPORT_CHECKED, about, by=by, track=TRACK, lines=len(found.lines))
    return found


def bring_in(
    content: bytes, sheets: Iterable[Sheet], *, zone: str, by: Staff, on: date, now: datetime
) -> tuple[ImportRun, bool]:
    """Import what can be read, and say whether this file was new.

    The same content again changes nothing and gives the earlier run. Raises
    NotUnderstood, NothingToImport.
    """
    run, is_new = runs.start(TRACK, KIND, digest(content), by=by, now=now)
    if not is_new:
        return run, False
    reading = preview(sheets, today=on)
    if not reading.counted(Fate.CREATE):
        raise NothingToImport
    writer = writing.Writer(run, zone=zone, by=by, on=on, now=now)
    for line in reading.lines:
        if line.fate is Fate.CREATE and line.entry is not None:
            writer.write(line.entry, identity_of(line.entry))
    counts = {fate.value: reading.counted(fate) for fate in Fate} | writer.counts
    runs.finish(run, counts, by=by)
    return run, True


def undo(run: ImportRun, *, by: Staff, on: date, now: datetime) -> None:
    """Take an import back. Raises BuiltOn once work rests on it, AlreadyUndone.

    Docket days that it made stay: others may use them.
    """
    if queries.is_built_on(run):
        raise BuiltOn
    taker = writing.Taker(by=by, on=on, now=now)
    runs.undo(run, taker.undoers(), by=by, now=now)


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
