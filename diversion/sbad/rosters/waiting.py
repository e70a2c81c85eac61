"""Fill the seats that become free from the waiting list, and move people between class days."""

from datetime import date, datetime

from sqlalchemy import select

from diversion.audit.models import Act
from diversion.core.database import db
from diversion.enrollments.models import Enrollment
from diversion.enrollments.services import hold_all
from diversion.fees.clearance import cleared
from diversion.sbad.classes import queries as classes
from diversion.sbad.classes.models import ClassSession, ClassState
from diversion.sbad.classes.rules import BEFORE_THE_DAY
from diversion.sbad.rosters import claims, queries, rules, services
from diversion.sbad.rosters.models import SEATED, Registration, RegistrationState
from diversion.sbad.rosters.rules import InLine, next_in_line
from diversion.staff.models import Staff

# Once a class runs, its line has to be told by a person: nobody comes on an hour's notice.
FILLS = frozenset({ClassState.OPEN, ClassState.REGISTRATION_CLOSED})


def give_back(
    registration: Registration, *, by: Staff, on: date, now: datetime
) -> list[Registration]:
    """Give a seat back and let the next in line have it; return who does.

    Raises ClassIsOver once the roll is finished.
    """
    services.cancel(registration, by=by)
    return fill(registration.class_session, by=by, on=on, now=now)


def give_all_back(enrollment: Enrollment, *, by: Staff, on: date, now: datetime) -> None:
    """Give back every seat to come, and every place in line, of somebody who left."""
    theirs = (
        select(Registration)
        .join(ClassSession, ClassSession.id == Registration.class_session_id)
        .where(
            Registration.enrollment_id == enrollment.id,
            Registration.state.in_([*SEATED, RegistrationState.WAITLISTED]),
            ClassSession.state.in_(BEFORE_THE_DAY),
            ClassSession.held_on >= on,
        )
        .order_by(Registration.class_session_id)
    )
    for row in db.session.scalars(theirs).all():
        give_back(row, by=by, on=on, now=now)


def fill(session: ClassSession, *, by: Staff, on: date, now: datetime) -> list[Registration]:
    """Give free seats to those who wait, in the order in which they came; return who got one.

    Up to the day before the class. Whoever needs no class any more, or has a seat in another
    one, is passed over, so nobody has two seats without knowing.
    """
    session = classes.locked(session.id)
    if session.state not in FILLS or session.held_on <= on:
        return []
    waiting = _line(session.id)
    taken = queries.seats_taken(session.id)
    needing = _needing([row.enrollment_id for row in waiting])
    line = [InLine(row.id, row.enrollment_id in needing) for row in waiting]
    chosen = {each.registration_id for each in next_in_line(line, session.capacity - taken)}
    rows = [row for row in waiting if row.id in chosen]
    _seat(rows, needing, now)
    for row in rows:
        services.log(Act.REGISTRATION_MADE, session, row, by)
    return rows


def move(
    registration: Registration, to: ClassSession, *, by: Staff, on: date, now: datetime
) -> list[Registration]:
    """Move someone to another day, and let the next in line have the seat that becomes free.

    Return who got it. Raises NoSeatHere, ClassIsOver, and what `register` raises; a full
    class refuses, and nothing is changed.
    """
    # In the order of their ids, so that two people who move two others do not wait for each other.
    for each in sorted((registration.class_session_id, to.id)):
        classes.locked(each)
    session = claims.latest(registration)
    if session.id == to.id:
        raise rules.NoSeatHere
    enrollment = db.session.get_one(Enrollment, registration.enrollment_id)
    registration.state = RegistrationState.REBOOKED
    db.session.flush()
    services.log(Act.REGISTRATION_MOVED, session, registration, by)
    ready = cleared([registration.participant_id])
    services.register(
        to, [enrollment], cleared=ready, accommodation=registration.accommodation, by=by, now=now
    )
    return fill(session, by=by, on=on, now=now)


def _line(session_id: int) -> list[Registration]:
    """Return who waits, the first in line first."""
    query = select(Registration).filter_by(
        class_session_id=session_id, state=RegistrationState.WAITLISTED
    )
    ordered = query.order_by(Registration.registered_at, Registration.id)
    return list(db.session.scalars(ordered))


def _needing(enrollment_ids: list[int]) -> dict[int, Enrollment]:
    """Return those of these enrollments that need the class and have no seat, under lock."""
    hold_all(enrollment_ids)
    rows = db.session.scalars(
        select(Enrollment).where(
            Enrollment.id.in_(enrollment_ids), Enrollment.id.in_(queries.without_class())
        )
    ).unique()
    return {row.id: row for row in rows}


def _seat(rows: list[Registration], enrollments: dict[int, Enrollment], now: datetime) -> None:
    ready = cleared([row.participant_id for row in rows]) if rows else set()
    for row in rows:
        state = enrollments[row.enrollment_id].state
        row.state = rules.seat_for(state, is_cleared=row.participant_id in ready)
        row.registered_at = now
    db.session.flush()
