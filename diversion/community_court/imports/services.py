"""Show what a list would do, do it once, and undo it while nothing rests on it."""

import hashlib
from dataclasses import replace
from datetime import date, datetime

from diversion.community_court.imports import queries, writing
from diversion.community_court.imports.reading import Fate, Line, Reading, read
from diversion.community_court.imports.rules import Entry
from diversion.core.errors import Refused
from diversion.core.tracks import Track
from diversion.core.words import _
from diversion.core.workbooks import reading as workbooks
from diversion.enrollments.imports import services as runs
from diversion.enrollments.imports.models import ImportRun
from diversion.enrollments.imports.services import BuiltOn
from diversion.participants.identity import Identity, Phone
from diversion.participants.likeness import Known, Likeness, known
from diversion.participants.queries import numbers_of
from diversion.participants.safe_contact import SafeContact
from diversion.staff.models import Staff

TRACK = Track.COMMUNITY_COURT
KIND = "list"
SURE = frozenset({Likeness.NAME_AND_BIRTH_DATE, Likeness.CASE_NUMBER})


class NothingToImport(Refused):
    """A file that adds nobody is not imported."""

    sentence = _("This file adds nobody. Nothing was changed.")


def preview(content: bytes, *, today: date) -> Reading:
    """Return what a file would do; nothing is written.

    Raises Unreadable, NotUnderstood.
    """
    reading = read(workbooks.read(content), today=today)
    people = known(TRACK)
    return replace(reading, lines=tuple(_against_record(line, people) for line in reading.lines))


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


def identity_of(entry: Entry) -> Identity:
    """Return what goes into the envelope."""
    phones = (Phone(entry.phone, may_text=entry.may_text),) if entry.phone else ()
    return Identity(
        first=entry.first, last=entry.last, preferred=entry.preferred, birth_date=entry.born,
        phones=phones, case_numbers=(entry.case,) if entry.case else (),
        contact=SafeContact(watched=entry.is_watched),
    )  # fmt: skip


def _against_record(line: Line, people: Known) -> Line:
    """Notice who is on record already: surely the same, or maybe, which a person decides."""
    if line.entry is None or line.fate is not Fate.CREATE:
        return line
    like = people.like(identity_of(line.entry))
    sure = [person for person, likeness in like.items() if likeness in SURE]
    if not sure:
        return line
    number = numbers_of(TRACK, sure[:1])[sure[0]]
    reason = _("On record as {number}; nothing is changed.", number=number)
    return replace(line, fate=Fate.UNCHANGED, reason=reason, same_as=number)
