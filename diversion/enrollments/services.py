"""Take one step of an enrollment and keep it as a row of its own."""

from datetime import date

from diversion.audit.models import Act
from diversion.audit.services import record
from diversion.core import clock
from diversion.core.database import db
from diversion.enrollments.codes import EnrollmentState
from diversion.enrollments.models import Enrollment, EnrollmentStep
from diversion.staff.models import Staff


def step(
    enrollment: Enrollment, to: EnrollmentState, *, reason: str = "", by: Staff, on: date
) -> None:
    """Move an enrollment along. Raises WrongState where no way leads there."""
    keep_step(enrollment, enrollment.move(to), reason=reason, by=by, on=on)


def keep_step(
    enrollment: Enrollment,
    before: EnrollmentState | None,
    *,
    reason: str = "",
    by: Staff,
    on: date,
) -> None:
    """Write down that the enrollment stands where it stands now."""
    db.session.add(
        EnrollmentStep(
            enrollment_id=enrollment.id, participant_id=enrollment.participant_id,
            track=enrollment.track, before=before, after=enrollment.state, reason=reason,
            happened_on=on, recorded_at=clock.now(), recorded_by=by.id,
        )
    )  # fmt: skip
    db.session.flush()
    about = f"enrollment:{enrollment.handle}"
    record(
        Act.ENROLLMENT_MOVED,
        about,
        by=by,
        track=enrollment.track,
        state=enrollment.state.value,
        reason=reason,
    )
