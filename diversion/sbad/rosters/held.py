"""Confirm the seats that were held until the program began and the fee was settled."""

from collections.abc import Sequence

from sqlalchemy import select

from diversion.audit.models import Act
from diversion.core.database import db
from diversion.enrollments.models import Enrollment
from diversion.fees.clearance import cleared
from diversion.sbad.classes import queries as classes
from diversion.sbad.classes.models import ClassSession
from diversion.sbad.rosters import rules, services
from diversion.sbad.rosters.models import Registration, RegistrationState
from diversion.staff.models import Staff


def ready(session: ClassSession) -> Sequence[Registration]:
    """Return the held seats of a class day that nothing stands in the way of any more."""
    rows = db.session.execute(
        select(Registration, Enrollment.state)
        .join(Enrollment, Enrollment.id == Registration.enrollment_id)
        .where(
            Registration.class_session_id == session.id,
            Registration.state == RegistrationState.HELD,
        )
        .order_by(Registration.id)
    ).all()
    paid = cleared([row.participant_id for row, _state in rows]) if rows else set()
    return [
        row
        for row, state in rows
        if rules.seat_for(state, is_cleared=row.participant_id in paid)
        is RegistrationState.CONFIRMED
    ]


def confirm_ready(session: ClassSession, *, by: Staff) -> int:
    """Confirm these seats and return how many there were. Raises ClassIsOver."""
    session = classes.locked(session.id)
    session.check_not_over()
    found = ready(session)
    for row in found:
        row.state = RegistrationState.CONFIRMED
    db.session.flush()
    for row in found:
        services.log(Act.REGISTRATION_CONFIRMED, session, row, by)
    return len(found)
