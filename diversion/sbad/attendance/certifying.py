"""Finish a roll, correct a finished one, and let completion follow from the marks."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from diversion.audit.models import Act
from diversion.core.database import db
from diversion.core.errors import NotYours, Refused
from diversion.core.words import _, counted
from diversion.sbad.attendance import latest, queries
from diversion.sbad.attendance.counting import count
from diversion.sbad.attendance.marks import Pile, add_one, check_same, log, opened
from diversion.sbad.attendance.models import RollFinish
from diversion.sbad.attendance.rules import BLANK, WHOLE_DAY, Current, Mark, Presence
from diversion.sbad.certificates.services import void_unearned
from diversion.sbad.classes import queries as classes
from diversion.sbad.classes.models import ClassSession, ClassState
from diversion.sbad.rosters import queries as rosters
from diversion.sbad.rosters.models import Registration
from diversion.sbad.rosters.queries import Seat
from diversion.staff.models import Staff


class Blanks(Refused):
    """Every registrant has a mark before a roll can be finished."""

    sentence = _("Some people have no mark yet. Mark them first.")

    def __init__(self, registrations: Sequence[str]) -> None:
        super().__init__()
        self.registrations = tuple(registrations)


class Differing(Refused):
    """Two marks that differ are settled before a roll can be finished."""

    def __init__(self, registrations: Sequence[str]) -> None:
        self.registrations = tuple(registrations)
        super().__init__(
            counted(
                "For one person two marks differ. Choose which is right first.",
                "For {count} people two marks differ. Choose which is right first.",
                len(self.registrations),
            )
        )


class NobodyThere(Refused):
    """An empty roll can't be finished."""

    sentence = _("No one is registered for this class.")


class NotFinished(Refused):
    """Before a roll is finished its marks are set, not corrected; afterwards with a reason."""

    sentence = _("Only a finished roll is corrected, with a reason.")
    field = "reason"


class SecondPerson(Refused):
    """Who signed a roll does not correct it alone."""

    sentence = _("Someone else than the person who finished this roll has to correct it.")


class NothingCorrected(Refused):
    """A correction says something else, and never nothing."""

    sentence = _("Choose what is right, if it is not what the roll says.")


@dataclass(frozen=True)
class Hindrance:
    """What keeps a class from being finished: who has no mark, and whose two marks differ.

    `module` is the roll in which the first of them is mended, or the whole day's.
    """

    blanks: tuple[str, ...]
    differing: tuple[str, ...]
    module: int = WHOLE_DAY

    def __bool__(self) -> bool:
        return bool(self.blanks or self.differing)


def hindrance(session: ClassSession) -> Hindrance:
    """Return the registrations that keep a class from being finished."""
    return _hindrance(session, rosters.roster(session.id), queries.current(session.id))


def _hindrance(
    session: ClassSession, seats: Sequence[Seat], standing: Mapping[int, Current]
) -> Hindrance:
    modules = len(session.course.modules)
    found = [(seat.handle, standing.get(seat.id, BLANK)) for seat in seats]
    blanks = {handle: mark for handle, mark in found if mark.is_open(modules)}
    differing = {handle: mark for handle, mark in found if mark.differs}
    first = next(iter((*differing.values(), *blanks.values())), BLANK)
    return Hindrance(tuple(blanks), tuple(differing), first.to_mend(modules))


def finish(session: ClassSession, *, by: Staff, on: date, now: datetime) -> RollFinish:
    """Finish and sign a roll; completion follows from its marks.

    Finished before, it stays as it is. Raises Blanks with the registrations that have no
    mark, Differing with those whose two marks differ, NobodyThere, ClassToCome.
    """
    done = queries.finish_of(session.id)
    if done is not None:
        return done
    session = opened(session, on)
    seats, standing = rosters.roster(session.id), queries.current(session.id)
    if not seats:
        raise NobodyThere
    left = _hindrance(session, seats, standing)
    if left.blanks:
        raise Blanks(left.blanks)
    if left.differing:
        raise Differing(left.differing)
    made = RollFinish(
        class_session_id=session.id, people=len(seats), finished_at=now, finished_by=by.id
    )
    db.session.add(made)
    session.state = ClassState.CERTIFIED
    db.session.flush()
    count(session, {seat.enrollment_id: standing[seat.id] for seat in seats}, by=by)
    log(Act.ROLL_FINISHED, session, by, people=len(seats))
    return made


def correct(
    registration: Registration, mark: Mark, *, reason: str, by: Staff, now: datetime
) -> None:
    """Correct a mark of a finished roll: both values stay, and what counted follows.

    `reason` is a code. Raises NotFinished, SecondPerson if it is the one who finished the roll,
    NothingCorrected, NotYours for a seat that was given back, and KeyUsedOtherwise.
    """
    session = classes.locked(registration.class_session_id)
    done = queries.finish_of(session.id)
    if done is None or not reason:
        raise NotFinished
    if done.finished_by == by.id:
        raise SecondPerson
    if known := latest.by_op([mark.op]).get(mark.op):
        check_same(known, registration, mark)
        return
    _check_correction(registration, mark, queries.current_one(registration.id))
    made = add_one(registration, mark, by=by, now=now, reason=reason)
    count(session, {registration.enrollment_id: made}, by=by)
    void_unearned([registration.enrollment_id], by=by)
    log(Act.ATTENDANCE_CORRECTED, session, by, reason=reason)


def _check_correction(registration: Registration, mark: Mark, current: Current) -> None:
    if not registration.is_seated:
        raise NotYours
    is_same = (mark.value, mark.minutes, mark.missed) == (
        current.value, current.minutes, current.missed,
    )  # fmt: skip
    if (is_same and not current.of_modules) or mark.value is Presence.UNMARKED:
        raise NothingCorrected(field="value")


def take_over(
    registrations: Iterable[tuple[Registration, Presence]],
    session: ClassSession,
    *,
    whole: bool,
    by: Staff,
    now: datetime,
) -> None:
    """Take over the marks of an old list, and certify the class day if it is `whole`."""
    rows = list(registrations)
    pile = Pile([row.id for row, _value in rows], by=by, now=now)
    made = [
        pile.add(row, Mark(f"import-{row.handle}", row.handle, value, now), imported=True)
        for row, value in rows
    ]
    pile.write()
    theirs = (row.enrollment_id for row, _value in rows)
    count(session, dict(zip(theirs, made, strict=True)), by=by)
    if not whole:
        return
    db.session.add(
        RollFinish(class_session_id=session.id, people=len(rows), finished_at=now,
                   finished_by=by.id, is_imported=True)
    )  # fmt: skip
    session.state = ClassState.CERTIFIED
    db.session.flush()
    log(Act.ROLL_FINISHED, session, by, people=len(rows), imported=1)
