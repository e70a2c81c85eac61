"""Fill the seats that become free from the waiting list, and move people between class days."""

from datetime import date, datetime

from sqlalchemy import select

from diversion.audit.models import Act
from diversion.core.database import db
from diversion.core.errors import Refused
from diversion.core.words import _
from diversion.enrollments.models import Enrollment
from diversion.fees.clearance import cleared
from diversion.sbad.classes import queries as classes
from diversion.sbad.classes.models import ClassSession, ClassState
from diversion.sbad.classes.services import ClassIsOver
from diversion.sbad.rosters import queries, services
from diversion.sbad.rosters.models import Registration, RegistrationState
from diversion.sbad.rosters.rules import InLine, next_in_line
from diversion.staff.models import Staff

# Once a class runs, its line has to be told by a person: nobody comes on an hour's notice.
FILLS = frozenset({ClassState.OPEN, ClassState.REGISTRATION_CLOSED})


class NoSeatToMove(Refused):
    """Only someone with a seat, or who waits for one, is moved to another day."""

    sentence = _("This person has no seat here any more. Nothing was changed.")


def give_back(
    registration: Registration, *, by: Staff, on: date, now: datetime
) -> list[Registration]:
    """Give a seat back and let the next in line have it; return who does.

    Raises ClassIsOver once the roll is finished.
    """
    services.cancel(registration, by=by)
    return fill(registration.class_session, by=by, on=on, now=now)


def fill(session: ClassSession, *, by: Staff, on: date, now: datetime) -> list[Registration]:
    """Give free seats to those who wait, in the order in which they came; return who got one.

    Up to the day before the class. Whoever needs no class any more, or has a seat in another
    one, is passed over, so nobody has two seats without knowing.
    """
    session = classes.locked(session.id)
    if session.state not in FILLS or session.held_on <= on:
        return []
    waiting = _line(session.id)
    taken, _waiting = queries.seats([session.id])[session.id]
    needing = _needing([row.enrollment_id for row in waiting])
    line = [InLine(row.id, row.enrollment_id in needing) for row in waiting]
    chosen = {each.registration_id for each in next_in_line(line, session.capacity - taken)}
    rows = [row for row in waiting if row.id in chosen]
    return services.seat(session, rows, needing, cleared=_ready(rows), by=by, now=now)


def move(
    registration: Registration, to: ClassSession, *, by: Staff, on: date, now: datetime
) -> list[Registration]:
    """Move someone to another day, and let the next in line have the seat that becomes free.

    Return who got it. Raises NoSeatToMove, ClassIsOver, and what `register` raises; a full
    class refuses, and nothing is changed.
    """
    first, second = sorted((registration.class_session_id, to.id))
    source = classes.locked(first), classes.locked(second)
    session = next(each for each in source if each.id == registration.class_session_id)
    if session.is_over:
        raise ClassIsOver
    is_here = registration.is_seated or registration.state is RegistrationState.WAITLISTED
    if not is_here or session.id == to.id:
        raise NoSeatToMove
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
    rows = db.session.scalars(
        select(Enrollment)
        .where(Enrollment.id.in_(enrollment_ids), Enrollment.id.in_(queries.without_class()))
        .order_by(Enrollment.id)
        .with_for_update(of=Enrollment)
    ).unique()
    return {row.id: row for row in rows}


def _ready(rows: list[Registration]) -> set[int]:
    ids = [row.participant_id for row in rows]
    return cleared(ids) if ids else set()
