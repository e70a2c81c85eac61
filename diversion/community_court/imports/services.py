"""Show what a list would do, do it once, and undo it while nothing rests on it."""

import hashlib
from datetime import date, datetime

from diversion.community_court.imports import queries, writing
from diversion.community_court.imports.reading import Reading, identity_of, read
from diversion.core.errors import Refused
from diversion.core.tracks import Track
from diversion.core.words import _
from diversion.core.workbooks import reading as workbooks
from diversion.enrollments.imports import services as runs
from diversion.enrollments.imports.lines import Fate
from diversion.enrollments.imports.matching import with_those_on_record
from diversion.enrollments.imports.models import ImportRun
from diversion.enrollments.imports.services import BuiltOn
from diversion.staff.models import Staff

TRACK = Track.COMMUNITY_COURT
KIND = "list"


class NothingToImport(Refused):
    """A file that adds nobody is not imported."""

    sentence = _("This file adds nobody. Nothing was changed.")


def preview(content: bytes, *, today: date) -> Reading:
    """Return what a file would do; nothing is written.

    Raises Unreadable, NotUnderstood.
    """
    found = read(workbooks.read(content), today=today)
    return with_those_on_record(found, TRACK, identity_of)


def bring_in(
    content: bytes, *, zone: str, by: Staff, on: date, now: datetime
) -> tuple[ImportRun, bool]:
    """Import what can be read, and say whether this file was new.

    The same content again changes nothing and gives the earlier run. Raises
    Unreadable, NotUnderstood, NothingToImport.
    """
    run, is_new = runs.start(TRACK, KIND, digest(content), by=by, now=now)
    if not is_new:
        return run, False
    reading = preview(content, today=on)
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
