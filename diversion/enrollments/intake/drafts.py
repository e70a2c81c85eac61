"""Open an intake: the rows that are its draft, and the person they are about."""

from dataclasses import dataclass

from diversion.audit.models import Act
from diversion.core.database import db
from diversion.core.tracks import Track
from diversion.enrollments.agreements.models import Agreement
from diversion.enrollments.agreements.queries import standing
from diversion.enrollments.codes import EnrollmentState, ReferralState
from diversion.enrollments.intake import queries
from diversion.enrollments.models import Enrollment
from diversion.enrollments.referrals.models import EligibilityReview, PriorCheck, Referral
from diversion.enrollments.referrals.queries import latest_check, latest_review, referral_for
from diversion.enrollments.terms.models import ProgramVersion
from diversion.enrollments.terms.services import version_for_an_earlier_day
from diversion.participants import access
from diversion.participants.identity import Identity
from diversion.participants.models import Participant
from diversion.partners.agencies.models import Organization
from diversion.staff.models import Staff

DECIDED_FOR = frozenset({ReferralState.ELIGIBLE, ReferralState.OFFERED, ReferralState.ACCEPTED})
DECIDED_AGAINST = frozenset({ReferralState.INELIGIBLE, ReferralState.PRIOR_DIVERSION_BAR})
SAID_NO = frozenset(
    {ReferralState.DECLINED, ReferralState.NO_RESPONSE, ReferralState.WITHDRAWN_BY_DA}
)


@dataclass(frozen=True)
class Draft:
    """Everything that is known of one intake."""

    participant: Participant
    identity: Identity
    referral: Referral
    agency: Organization | None
    check: PriorCheck | None
    review: EligibilityReview | None
    enrollment: Enrollment | None
    agreement: Agreement | None
    version: ProgramVersion

    @property
    def is_begun(self) -> bool:
        """Say whether the person is in the program, so the intake is over."""
        return self.enrollment is not None and self.enrollment.state is not EnrollmentState.PENDING

    @property
    def is_eligible(self) -> bool:
        return self.referral.state in DECIDED_FOR

    @property
    def is_refused(self) -> bool:
        return self.referral.state in DECIDED_AGAINST

    @property
    def is_declined(self) -> bool:
        return self.referral.state in SAID_NO

    @property
    def is_withdrawn(self) -> bool:
        return self.referral.state is ReferralState.WITHDRAWN_BY_DA

    @property
    def is_checked(self) -> bool:
        """Say whether the question about an earlier diversion is answered, where it is asked."""
        answered = self.check is not None and self.check.result is not None
        return answered or not self.version.prior_check_required


def open_draft(handle: str, track: Track, *, by: Staff) -> Draft:
    """Open an intake and let the log say so. Raises NotYours."""
    referral = referral_for(handle, track, access.visible_to(by, track))
    number = queries.number_of(referral)
    opened = access.open_file(number, track, by=by, why=Act.FILE_OPENED)
    enrollment = queries.enrollment_of(referral.id)
    return Draft(
        participant=opened.participant,
        identity=opened.identity,
        referral=referral,
        agency=_agency(referral.organization_id),
        check=latest_check(referral.id),
        review=latest_review(referral.id),
        enrollment=enrollment,
        agreement=standing(enrollment.id) if enrollment else None,
        version=_version(referral, enrollment),
    )


def _agency(organization_id: int | None) -> Organization | None:
    return db.session.get(Organization, organization_id) if organization_id else None


def _version(referral: Referral, enrollment: Enrollment | None) -> ProgramVersion:
    if enrollment is not None:
        return enrollment.program_version
    return version_for_an_earlier_day(referral.track, referral.referred_on)
