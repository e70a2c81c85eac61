"""Take the roll: marks are added one after the other, and nothing of them is ever lost."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from diversion.audit.models import Act
from diversion.core.errors import NotYours
from diversion.sbad.attendance import queries
from diversion.sbad.attendance.marks import (
    RollFinished,
    add,
    begun,
    check_same,
    log,
    opened,
    standing_of,
)
from diversion.sbad.attendance.rules import BLANK, Current, Mark, Presence
from diversion.sbad.classes import queries as classes
from diversion.sbad.classes.models import ClassSession
from diversion.sbad.rosters import queries as rosters
from diversion.sbad.rosters.models import Registration
from diversion.staff.models import Staff


@dataclass(frozen=True)
class Answer:
    """What came of an operation: the person's present mark, and whether two people disagree.

    `is_seated` is False for someone whose seat was given back meanwhile.
    """

    op: str
    registration: str
    current: Current
    is_seated: bool = True


def record(
    session: ClassSession, marks: Sequence[Mark], *, by: Staff, on: date, now: datetime
) -> list[Answer]:
    """Add marks to a roll; one that arrived before changes nothing and gets its answer again.

    Raises ClassToCome, RollFinished, NotYours for another class's registration, and
    KeyUsedOtherwise for an operation that came with another value before.
    """
    session = opened(session, on)
    rows = {row.handle: row for row in rosters.of_session(session.id)}
    seen = queries.by_op([mark.op for mark in marks])
    now_standing = queries.current(session.id)
    added = 0
    for mark in marks:
        row = rows.get(mark.registration)
        if row is None:
            raise NotYours
        if mark.op in seen:
            check_same(seen[mark.op], row, mark)
        elif row.is_seated:
            made = add(row, mark, now_standing.get(row.id, BLANK), by=by, now=now)
            seen[mark.op] = made
            if not made.is_late:
                now_standing[row.id] = standing_of(made)
            added += 1
    if added:
        begun(session)
        log(Act.ATTENDANCE_MARKED, session, by, marks=added)
    return [
        Answer(mark.op, mark.registration, now_standing.get(row.id, BLANK), row.is_seated)
        for mark in marks
        for row in [rows[mark.registration]]
    ]


def mark_rest(
    session: ClassSession, batch: str, *, device: str = "", by: Staff, on: date, now: datetime
) -> int:
    """Mark everyone Here who has no mark yet, and nobody else; return how many.

    `batch` is the operation id of the press of the button.
    """
    session = opened(session, on)
    standing = queries.current(session.id)
    known = queries.by_op([f"{batch}-{seat.handle}" for seat in rosters.roster(session.id)])
    blank = [
        row
        for row in rosters.of_session(session.id)
        if row.is_seated and standing.get(row.id, BLANK).is_blank
    ]
    added = 0
    for row in blank:
        mark = Mark(
            f"{batch}-{row.handle}", row.handle, Presence.HERE, now, device=device, batch=batch
        )
        if mark.op not in known:
            add(row, mark, standing.get(row.id, BLANK), by=by, now=now)
            added += 1
    if added:
        begun(session)
        log(Act.ATTENDANCE_MARKED, session, by, marks=added)
    return added


def undo_batch(session: ClassSession, batch: str, *, by: Staff, on: date, now: datetime) -> int:
    """Take back what one press of the button marked, where nobody marked anew since."""
    session = opened(session, on)
    standing = queries.current(session.id)
    taken_back = 0
    for row in rosters.of_session(session.id):
        current = standing.get(row.id, BLANK)
        if batch and current.batch == batch:
            mark = Mark(f"{batch}-{row.handle}-u", row.handle, Presence.UNMARKED, now,
                        device=current.device)  # fmt: skip
            add(row, mark, current, by=by, now=now)
            taken_back += 1
    if taken_back:
        log(Act.ATTENDANCE_MARKED, session, by, undone=taken_back)
    return taken_back


def excuse_ahead(
    registration: Registration, op: str, *, reason: str = "", by: Staff, now: datetime
) -> None:
    """Excuse someone before the class; `reason` is a code. Raises RollFinished."""
    session = classes.locked(registration.class_session_id)
    if session.is_over:
        raise RollFinished
    if op in queries.by_op([op]):
        return
    current = queries.current_one(registration.id)
    mark = Mark(op, registration.handle, Presence.EXCUSED, now, base_version=current.version)
    add(registration, mark, current, by=by, now=now, ahead=True, reason=reason)
    log(Act.ATTENDANCE_MARKED, session, by, ahead=1)
