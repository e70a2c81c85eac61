"""Say whom a deputy may reach beside those assigned: whose next step only a deputy can take."""

from sqlalchemy import Select, select

from diversion.core.tracks import Track
from diversion.enrollments.codes import EnrollmentState
from diversion.enrollments.lifecycle.models import Excusal
from diversion.enrollments.lifecycle.rules import READY
from diversion.enrollments.models import Enrollment
from diversion.staff.models import Staff
from diversion.staff.permissions import Permission
from diversion.web.calendar import court_today


def people_to_sign(staff: Staff, track: Track) -> Select[int] | None:
    """Return the ids of people who wait for a sign-off, a finding or an answer of a deputy."""
    if track is not Track.SBAD or not staff.may(Permission.ENROLLMENT_DECIDE):
        return None
    over = Enrollment.monitored_until_on.is_(None) | (
        Enrollment.monitored_until_on <= court_today()
    )
    asked = select(Excusal.participant_id).where(Excusal.granted.is_(None))
    return select(Enrollment.participant_id).where(
        Enrollment.track == Track.SBAD,
        (Enrollment.state == EnrollmentState.TERMINATION_PENDING)
        | (Enrollment.state.in_(READY) & over)
        | Enrollment.participant_id.in_(asked),
    )
