"""Ask for pauses, notices and excusals of an enrollment, the latest first."""

from collections.abc import Sequence

from sqlalchemy import select

from diversion.core.database import db
from diversion.core.finding import the_one
from diversion.enrollments.conditions.models import Condition
from diversion.enrollments.lifecycle.models import Excusal, Pause, TerminationNotice
from diversion.enrollments.models import Enrollment, EnrollmentStep


def pauses(enrollment_id: int) -> Sequence[Pause]:
    return db.session.scalars(
        select(Pause).where(Pause.enrollment_id == enrollment_id).order_by(Pause.id.desc())
    ).all()


def open_pause(enrollment_id: int) -> Pause | None:
    return next((each for each in pauses(enrollment_id) if each.ended_on is None), None)


def notices(enrollment_id: int) -> Sequence[TerminationNotice]:
    return db.session.scalars(
        select(TerminationNotice)
        .where(TerminationNotice.enrollment_id == enrollment_id)
        .order_by(TerminationNotice.id.desc())
    ).all()


def open_notice(enrollment_id: int) -> TerminationNotice | None:
    return next((each for each in notices(enrollment_id) if each.finding is None), None)


def excusals(enrollment_id: int) -> Sequence[Excusal]:
    return db.session.scalars(
        select(Excusal).where(Excusal.enrollment_id == enrollment_id).order_by(Excusal.id.desc())
    ).all()


def waiting_excusal(condition_id: int) -> Excusal | None:
    return db.session.scalars(
        select(Excusal).where(Excusal.condition_id == condition_id, Excusal.granted.is_(None))
    ).first()


def excusal_for(handle: str, enrollment: Enrollment) -> Excusal:
    """Return one excusal of an enrollment. Raises NotYours."""
    return the_one(
        select(Excusal).where(Excusal.handle == handle, Excusal.enrollment_id == enrollment.id)
    )


def condition_for(handle: str, enrollment: Enrollment) -> Condition:
    """Return one condition of an enrollment. Raises NotYours."""
    return the_one(
        select(Condition).where(
            Condition.handle == handle, Condition.enrollment_id == enrollment.id
        )
    )


def steps(enrollment_id: int) -> Sequence[EnrollmentStep]:
    """Return every step of an enrollment, the first one first."""
    return db.session.scalars(
        select(EnrollmentStep)
        .where(EnrollmentStep.enrollment_id == enrollment_id)
        .order_by(EnrollmentStep.id)
    ).all()
