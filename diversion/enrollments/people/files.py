"""Open what every page of a person shows: who it is, where they stand, what is missing."""

from dataclasses import dataclass
from datetime import date

from diversion.audit.models import Act
from diversion.core.tracks import Track
from diversion.enrollments import queries as enrollments
from diversion.enrollments.codes import EnrollmentState, ReferralState
from diversion.enrollments.intake.queries import latest_referral
from diversion.enrollments.models import Enrollment
from diversion.enrollments.people.lists import age
from diversion.enrollments.people.missing import NOTHING, Explained, explained
from diversion.enrollments.referrals.models import OPEN, Referral
from diversion.enrollments.standing import Place, place
from diversion.participants import access
from diversion.participants.identity import Identity
from diversion.participants.models import Participant
from diversion.staff.models import Staff


@dataclass(frozen=True)
class File:
    """What is known of one person on this floor."""

    participant: Participant
    identity: Identity
    age: int | None
    enrollment: Enrollment | None
    referral: Referral | None
    place: Place
    explained: Explained

    @property
    def intake(self) -> str:
        """Return the handle of the intake under way, or nothing."""
        if self.referral is None:
            return ""
        pending = self.enrollment and self.enrollment.state is EnrollmentState.PENDING
        under_way = self.referral.state in OPEN or (
            pending and self.referral.state is ReferralState.ACCEPTED
        )
        return self.referral.handle if under_way else ""


def open_whole(number: str, track: Track, *, by: Staff, on: date) -> File:
    """Open the file of a person and let the log say so. Raises NotYours."""
    opened = access.open_file(number, track, by=by, why=Act.FILE_OPENED)
    person = opened.participant
    latest = next(iter(enrollments.of_participant(person.id)), None)
    referral = latest_referral(person.id)
    return File(
        participant=person,
        identity=opened.identity,
        age=age(opened.identity.birth_date, on),
        enrollment=latest,
        referral=referral,
        place=place(latest.state if latest else None, referral.state if referral else None),
        explained=explained(latest, on) if latest else NOTHING,
    )
