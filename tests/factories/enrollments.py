"""Make terms, referrals and enrollments."""

from datetime import date

from diversion.core.money import Money
from diversion.core.tracks import Track
from diversion.enrollments.agreements.services import sign
from diversion.enrollments.codes import CheckResult, ReferralSource
from diversion.enrollments.lifecycle.services import accept, activate
from diversion.enrollments.models import Enrollment
from diversion.enrollments.referrals import services as referrals
from diversion.enrollments.referrals.models import Referral
from diversion.enrollments.terms import services as terms
from diversion.enrollments.terms.models import ProgramVersion
from diversion.participants.models import Participant
from diversion.staff.models import Staff

FIRST_DAY = date(2023, 1, 1)
TODAY = date(2026, 11, 20)


def make_terms(by: Staff) -> dict[Track, ProgramVersion]:
    """Put the terms of both programs in force since 2023, with a fee of $1,000."""
    return terms.set_up(sbad_fee=Money(100_000), in_force_on=FIRST_DAY, by=by)


def make_referral(participant: Participant, by: Staff, on: date = TODAY) -> Referral:
    """Receive a referral from the police and find it eligible."""
    referral = referrals.receive(
        participant, source=ReferralSource.POLICE, referred_on=on, by=by, on=on
    )
    referrals.decide(
        referral, eligible=True, factors={}, prior_check=CheckResult.CLEAR, by=by, on=on
    )
    return referral


def make_enrollment(
    participant: Participant, by: Staff, on: date = TODAY, *, active: bool = True
) -> Enrollment:
    """Enroll someone; terms are put in force where there are none."""
    make_terms(by)
    enrollment = accept(make_referral(participant, by, on), by=by, on=on)
    if active:
        sign(enrollment, signed_on=on, counsel_consulted=True, by=by, on=on)
        activate(enrollment, fee_assessed=True, by=by, on=on)
    return enrollment
