"""Take the roll: marks are added one after the other, and nothing of them is ever lost."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from diversion.audit.models import Act
from diversion.core.errors import NotYours
from diversion.sbad.attendance import latest, queries
from diversion.sbad.attendance.marks import (
    Pile,
    RollFinished,
    add_one,
    begun,
    check_open,
    check_same,
    log,
    opened,
)
from diversion.sbad.attendance.rules import WHOLE_DAY, Current, Mark, Presence, key_of
from diversion.sbad.classes import queries as classes
from diversion.sbad.classes.models import ClassSession
from diversion.sbad.rosters import queries as rosters
from diversion.sbad.rosters.models import Registration
from diversion.staff.models import Staff


@dataclass(frozen=True)
class Answer:
    """What came of an operation: the person's present mark, and whether two people disagree.

    `registration` is the key of the row of the roll; `is_seated` is False for someone whose
    seat was given back meanwhile.
    """

    op: str
    registration: str
    current: Current
    is_seated: bool = True
    registration_id: int = 0


@dataclass(frozen=True)
class News:
    """What changed on a roll since mark `latest`, the newest that a device knows from now on."""

    latest: int
    answers: tuple[Answer, ...] = ()


def record(
    session: ClassSession, marks: Sequence[Mark], *, by: Staff, on: date, now: datetime
) -> list[Answer]:
    """Add marks to a roll; one that arrived before changes nothing and gets its answer again.

    What a device brings after the roll was finished is kept too, and changes nothing of it.
    Raises ClassToCome, RollFinished, NotYours for another class's registration, and
    KeyUsedOtherwise for an operation that came with another value before.
    """
    session = classes.locked(session.id)
    wanted = {mark.registration for mark in marks}
    rows = {row.handle: row for row in latest.on_roll(session.id, wanted)}
    if wanted - rows.keys() or not knows(session, {mark.module for mark in marks}):
        raise NotYours
    seen = latest.by_op([mark.op for mark in marks])
    comes_after = session.is_over and all(mark.device for mark in marks)
    if any(mark.op not in seen for mark in marks) and not comes_after:
        check_open(session, on)
    pile = Pile([row.id for row in rows.values()], by=by, now=now)
    for mark in marks:
        row = rows[mark.registration]
        if mark.op in seen:
            check_same(seen[mark.op], row, mark)
        elif row.is_seated:
            pile.add(row, mark, after=comes_after)
            seen[mark.op] = row.id, mark.module, mark.value
    if added := pile.write():
        begun(session)
        log(Act.ATTENDANCE_MARKED, session, by, marks=added)
    return [
        Answer(mark.op, mark.key, pile.current(row, mark.module), row.is_seated, row.id)
        for mark in marks
        for row in [rows[mark.registration]]
    ]


def knows(session: ClassSession, modules: Collection[int]) -> bool:
    """Say whether a class day has these rolls: that of the day, and one for each module."""
    asked = set(modules) - {WHOLE_DAY}
    return not asked or asked <= {each.place for each in session.course.modules}


def since(session: ClassSession, known: int, *, but: Sequence[Answer] = ()) -> News:
    """Return the people of a roll who were marked after mark `known`, but for those answered."""
    told = {answer.registration for answer in but}
    found = latest.since(session.id, known)
    newest = max((mark.mark_id for _row, mark in found), default=known)
    answers = (
        Answer("", key_of(row.handle, mark.module), mark, True, row.id) for row, mark in found
    )
    return News(newest, tuple(each for each in answers if each.registration not in told))


def mark_rest(
    session: ClassSession, batch: str, *, module: int = WHOLE_DAY, by: Staff, on: date,
    now: datetime,
) -> int:  # fmt: skip
    """Mark everyone Here whom no mark speaks for yet, and nobody else; return how many.

    `batch` is the operation id of the press of the button.
    """
    session = opened(session, on)
    rows = [row for row in rosters.of_session(session.id) if row.is_seated]
    known = latest.by_op([f"{batch}-{key_of(row.handle, module)}" for row in rows])
    pile = Pile([row.id for row in rows], by=by, now=now)
    for row in rows:
        op = f"{batch}-{key_of(row.handle, module)}"
        if pile.speaks(row, module).is_blank and op not in known:
            here = Mark(op, row.handle, Presence.HERE, now, batch=batch, module=module)
            pile.add(row, here)
    if added := pile.write():
        begun(session)
        log(Act.ATTENDANCE_MARKED, session, by, marks=added)
    return added


def undo_batch(
    session: ClassSession, batch: str, *, module: int = WHOLE_DAY, by: Staff, on: date,
    now: datetime,
) -> int:  # fmt: skip
    """Take back what one press of the button marked, where nobody marked anew since."""
    session = opened(session, on)
    rows = rosters.of_session(session.id)
    pile = Pile([row.id for row in rows], by=by, now=now)
    for row in rows:
        current = pile.current(row, module)
        if batch and current.batch == batch:
            op, device = f"{batch}-{key_of(row.handle, module)}-u", current.device
            back = Mark(op, row.handle, Presence.UNMARKED, now, device=device, module=module)
            pile.add(row, back)
    if taken_back := pile.write():
        log(Act.ATTENDANCE_MARKED, session, by, undone=taken_back)
    return taken_back


def excuse_ahead(
    registration: Registration, op: str, *, reason: str = "", by: Staff, now: datetime
) -> None:
    """Excuse someone before the class; `reason` is a code. Raises RollFinished."""
    session = classes.locked(registration.class_session_id)
    if session.is_over:
        raise RollFinished
    if op in latest.by_op([op]):
        return
    current = queries.current_one(registration.id)
    mark = Mark(op, registration.handle, Presence.EXCUSED, now, base_version=current.version)
    add_one(registration, mark, by=by, now=now, ahead=True, reason=reason)
    log(Act.ATTENDANCE_MARKED, session, by, ahead=1)
