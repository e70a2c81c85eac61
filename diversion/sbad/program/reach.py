"""Say whom a deputy may reach beside those assigned: whose next step only a deputy can take."""

from sqlalchemy import Select, select

from diversion.core.tracks import Track
from diversion.enrollments.codes import EnrollmentState
from diversion.enrollments.lifecycle.models import Excusal
from diversion.enrollments.lifecycle.rules import READY
from diversion.enrollments.models import Enrollment
from diversion.enrollments.referrals.models import Referral
from diversion.enrollments.referrals.queries import barred
from diversion.participants.models import Participant
from diversion.staff.models import Staff
from diversion.staff.permissions import Permission
from diversion.web.calendar import court_today


def people_to_sign(staff: Staff, track: Track) -> Select[int] | None:
    """Return the ids of people who wait for a deputy: to sign off, to find, to answer, to weigh."""
    if track is not Track.SBAD or not staff.may(Permission.ENROLLMENT_DECIDE):
        return None
    over = Enrollment.monitored_until_on.is_(None) | (
        Enrollment.monitored_until_on <= court_today()
    )
    asked = select(Excusal.participant_id).where(Excusal.granted.is_(None))
    enrolled = select(Enrollment.participant_id).where(
        Enrollment.track == Track.SBAD,
        (Enrollment.state == EnrollmentState.TERMINATION_PENDING)
        | (Enrollment.state.in_(READY) & over)
        | Enrollment.participant_id.in_(asked),
    )
    referred = select(Referral.participant_id).where(Referral.id.in_(barred(track)))
    return select(Participant.id).where(
        Participant.track == track, Participant.id.in_(enrolled) | Participant.id.in_(referred)
    )
