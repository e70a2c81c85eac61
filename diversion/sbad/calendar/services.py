"""Open and close a class day for registration, move it to another day, and make more like it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from diversion.audit.models import Act
from diversion.audit.services import record
from diversion.core.database import db
from diversion.core.handles import new_handle
from diversion.core.tracks import Track
from diversion.core.words import _
from diversion.partners.venues.rules import PlaceNotFree
from diversion.sbad.attendance import queries as marks
from diversion.sbad.attendance.marks import Pile
from diversion.sbad.attendance.rules import Mark, Presence
from diversion.sbad.calendar.rules import NotYetWhole
from diversion.sbad.classes import services as classes
from diversion.sbad.classes.models import SHORT, ClassSession, ClassState
from diversion.sbad.classes.rules import BEFORE_THE_DAY, WrongClassState
from diversion.sbad.rosters import queries as rosters
from diversion.sbad.rosters.services import keep_one_class_a_day
from diversion.staff.models import Staff


def open_registration(session: ClassSession, *, by: Staff, on: date) -> None:
    """Let people be registered. Raises WrongClassState, InThePast, NotYetWhole for a draft."""
    is_whole = session.place is not None and session.instructors
    if session.state is ClassState.DRAFT and not is_whole:
        raise NotYetWhole
    session.move(ClassState.OPEN)
    if session.held_on < on:
        raise classes.InThePast
    _changed(Act.CLASS_OPENED, session, by)


def close_registration(session: ClassSession, *, by: Staff) -> None:
    """Take nobody new; freed seats still go to the waiting list. Raises WrongClassState."""
    session.move(ClassState.REGISTRATION_CLOSED)
    _changed(Act.CLASS_CLOSED, session, by)


def move_day(
    session: ClassSession, to: date, *, zone: str, by: Staff, on: date, now: datetime
) -> None:
    """Hold a class on another day: everyone keeps the seat, the room is booked anew.

    The class gets a new handle, which begins with its day. Raises WrongClassState once it has
    begun, InThePast, PlaceNotFree, TwoClasses.
    """
    if session.state not in BEFORE_THE_DAY:
        raise WrongClassState
    if to < on:
        raise classes.InThePast
    before, wanted = session.handle, replace(classes.planned(session), held_on=to)
    seated = [each.participant_id for each in rosters.roster(session.id)]
    classes.give_room_back(session, by=by, now=now)
    session.held_on, session.handle = to, f"{to.isoformat()}-{new_handle(SHORT)}"
    keep_one_class_a_day(session, seated, field="held_on")
    classes.book(session, wanted, zone, by)
    _forget_excuses(session, by, now)
    db.session.flush()
    after = f"class:{session.handle}"
    record(Act.CLASS_MOVED, f"class:{before}", after, by=by, track=Track.SBAD)


def make_copies(
    session: ClassSession, days: Sequence[date], *, zone: str, by: Staff, on: date
) -> list[ClassSession]:
    """Make a draft like this class on each of the days, all of them or none.

    Raises InThePast, and PlaceNotFree with the day on which the room is not free.
    """
    return [_copy(session, each, zone=zone, by=by, on=on) for each in days]


def _copy(session: ClassSession, to: date, *, zone: str, by: Staff, on: date) -> ClassSession:
    wanted = replace(classes.planned(session), held_on=to)
    try:
        return classes.plan(wanted, draft=True, zone=zone, by=by, on=on)
    except PlaceNotFree as no:
        typed = f"{to:%m/%d/%Y}"
        on_day = _("{day}: this place is not free then. No class was made.", day=typed)
        raise PlaceNotFree(on_day, field="count") from no


def _forget_excuses(session: ClassSession, by: Staff, now: datetime) -> None:
    """Take back what was excused for the day before: it was not said of the new one."""
    known = {id_: mark for id_, mark in marks.current(session.id).items() if mark.is_ahead}
    pile = Pile(known, by=by, now=now)
    for row in rosters.of_session(session.id):
        if row.id in known:
            version = known[row.id].version
            op = f"moved-{row.handle}-{version}"
            back = Mark(op, row.handle, Presence.UNMARKED, now, base_version=version)
            pile.add(row, back, reason="day_moved")
    pile.write()


def _changed(act: Act, session: ClassSession, by: Staff) -> None:
    db.session.flush()
    record(act, f"class:{session.handle}", by=by, track=Track.SBAD)
