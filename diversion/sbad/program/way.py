"""Open somebody's way through the program: from the referral to where it stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from diversion.audit.models import Act
from diversion.core.database import db
from diversion.core.errors import NotYours
from diversion.core.tracks import Track
from diversion.core.words import Sentence, _
from diversion.enrollments import queries as enrollments
from diversion.enrollments.agreements.models import Agreement
from diversion.enrollments.agreements.queries import standing as agreement_of
from diversion.enrollments.codes import ConditionKind
from diversion.enrollments.conditions.queries import explain
from diversion.enrollments.conditions.rules import Standing
from diversion.enrollments.dismissal.models import RecordCheck, SetAside
from diversion.enrollments.dismissal.queries import record_checks, set_aside_of
from diversion.enrollments.intake.queries import latest_referral
from diversion.enrollments.lifecycle import queries
from diversion.enrollments.lifecycle.models import Excusal, Pause, TerminationNotice
from diversion.enrollments.models import Enrollment
from diversion.enrollments.referrals.models import EligibilityReview, PriorCheck, Referral
from diversion.enrollments.referrals.queries import checks, latest_review, steps_of
from diversion.enrollments.referrals.steps import ReferralStep
from diversion.enrollments.standing import ON_FILE, OUTCOMES, Place, place
from diversion.participants import access
from diversion.participants.identity import Identity
from diversion.participants.models import Participant
from diversion.partners.agencies.models import Organization
from diversion.staff.models import Staff
from diversion.staff.queries import names_of

TRACK = Track.SBAD


@dataclass(frozen=True)
class Way:
    """Everything about one enrollment and the referral that it came from."""

    participant: Participant
    identity: Identity
    place: Place
    referral: Referral | None
    agency: Organization | None
    review: EligibilityReview | None
    checks: Sequence[PriorCheck]
    enrollment: Enrollment | None
    agreement: Agreement | None
    standings: Sequence[Standing]
    pauses: Sequence[Pause]
    notices: Sequence[TerminationNotice]
    excusals: Sequence[Excusal]
    steps: Sequence[ReferralStep]
    record_checks: Sequence[RecordCheck]
    set_aside: SetAside | None
    names: dict[int, str]

    @property
    def outcome(self) -> Place:
        """Return what came of the referral."""
        return OUTCOMES[self.referral.state] if self.referral else ON_FILE

    @property
    def asked_and_done(self) -> list[tuple[Sentence | str, Sentence]]:
        """Return each requirement with whether it is done."""
        return [(each.label, _("Done") if each.met else _("Not yet")) for each in self.standings]

    @property
    def took_class(self) -> bool:
        """Say whether the class was taken in full, so that there may be a certificate."""
        taken = [each for each in self.standings if each.kind is ConditionKind.CLASS]
        return bool(taken) and all(each.done >= each.wanted for each in taken)

    def excusal_of(self, condition: str) -> Excusal | None:
        """Return the latest request to excuse a condition, by the condition's handle."""
        return next((each for each in self.excusals if each.condition.handle == condition), None)

    @property
    def days_to_decision(self) -> int | None:
        if self.referral is None or self.referral.decided_on is None:
            return None
        return (self.referral.decided_on - self.referral.referred_on).days


def enrolled(number: str, *, by: Staff) -> Enrollment:
    """Return the latest enrollment of somebody, to change it. Raises NotYours."""
    found = enrollments.latest_of(access.find(number, TRACK, by=by).id)
    if found is None:
        raise NotYours
    return found


def way(number: str, *, by: Staff, on: date) -> Way:
    """Open the way of a person. Inside `with reading():`. Raises NotYours."""
    opened = access.open_file(number, TRACK, by=by, why=Act.FILE_OPENED)
    person = opened.participant
    enrollment, referral = enrollments.latest_of(person.id), latest_referral(person.id)
    found = Way(
        person, opened.identity,
        place(enrollment.state if enrollment else None, referral.state if referral else None),
        referral, _agency(referral),
        latest_review(referral.id) if referral else None,
        checks(referral.id) if referral else [],
        enrollment,
        agreement_of(enrollment.id) if enrollment else None,
        explain(enrollment) if enrollment else [],
        queries.pauses(enrollment.id) if enrollment else [],
        queries.notices(enrollment.id) if enrollment else [],
        queries.excusals(enrollment.id) if enrollment else [],
        steps_of(referral.id) if referral else [],
        record_checks(enrollment.id) if enrollment else [],
        set_aside_of(enrollment.id) if enrollment else None,
        {},
    )  # fmt: skip
    found.names.update(names_of(_writers(found)))
    return found


def _agency(referral: Referral | None) -> Organization | None:
    if referral is None or referral.organization_id is None:
        return None
    return db.session.get(Organization, referral.organization_id)


def _writers(found: Way) -> set[int]:
    known = [found.review.recorded_by if found.review else None]
    known += [found.agreement.recorded_by if found.agreement else None]
    known += [each.recorded_by for each in found.checks]
    known += [each.recorded_by for each in found.pauses]
    known += [each.ended_by for each in found.pauses]
    known += [each.recorded_by for each in found.steps]
    known += [each.recorded_by for each in found.record_checks]
    known += [who for each in found.notices for who in (each.given_by, each.found_by)]
    known += [who for each in found.excusals for who in (each.asked_by, each.decided_by)]
    return {each for each in known if each is not None}
