"""No offer while the question about an earlier diversion is open; a bar needs a deputy."""

from datetime import date

import pytest
from sqlalchemy.orm import Session

from diversion.core.tracks import Track
from diversion.enrollments.codes import (
    Answer,
    CheckResult,
    Factor,
    ReferralSource,
    ReferralState,
    WhyReopened,
)
from diversion.enrollments.referrals import queries, services
from diversion.enrollments.referrals.models import Referral, WrongReferralState
from diversion.enrollments.referrals.rules import Barred, BarStands, CheckUnanswered, check_bar
from diversion.staff.models import Staff
from diversion.staff.permissions import Role
from tests.factories.enrollments import make_terms
from tests.factories.participants import make_participant
from tests.factories.staff import make_staff

TODAY = date(2026, 11, 20)


@pytest.fixture
def by(session: Session) -> Staff:
    staff = make_staff(Role.SBAD_COORDINATOR)
    make_terms(staff)
    return staff


@pytest.fixture
def referral(by: Staff) -> Referral:
    person = make_participant(Track.SBAD, by=by)
    return services.receive(
        person, source=ReferralSource.POLICE, referred_on=TODAY, by=by, on=TODAY
    )


def test_no_offer_while_the_question_is_open(referral: Referral, by: Staff) -> None:
    with pytest.raises(CheckUnanswered):
        services.decide(referral, eligible=True, factors={}, by=by, on=TODAY)
    services.ask(referral, by=by, on=TODAY)
    with pytest.raises(CheckUnanswered):
        services.decide(referral, eligible=True, factors={}, by=by, on=TODAY)
    services.answer(referral, CheckResult.CLEAR, by=by, on=TODAY)
    review = services.decide(
        referral, eligible=True, factors={Factor.FIRST_TIME: Answer.YES}, by=by, on=TODAY
    )
    assert (referral.state, review.factors) == (ReferralState.ELIGIBLE, {"first_time": "yes"})


def test_a_bar_is_set_aside_only_by_a_deputy_with_a_reason(referral: Referral, by: Staff) -> None:
    services.answer(referral, CheckResult.BAR, by=by, on=TODAY)
    with pytest.raises(Barred):
        services.decide(
            referral, eligible=True, factors={}, override_reason="wrong_certificate", by=by,
            on=TODAY,
        )  # fmt: skip
    deputy = make_staff(Role.DEPUTY_DA, track=Track.SBAD)
    with pytest.raises(Barred):
        services.decide(referral, eligible=True, factors={}, by=deputy, on=TODAY)
    services.decide(
        referral, eligible=True, factors={}, override_reason="wrong_certificate", by=deputy,
        on=TODAY,
    )  # fmt: skip
    assert referral.state is ReferralState.ELIGIBLE


def test_where_the_terms_have_no_exception_a_bar_stands_whatever_the_reason() -> None:
    for is_excepted in (True, False):
        with pytest.raises(BarStands):
            check_bar(CheckResult.BAR, required=True, has_exceptions=False, is_excepted=is_excepted)
        check_bar(None, required=False, has_exceptions=False, is_excepted=is_excepted)
        check_bar(CheckResult.CLEAR, required=True, has_exceptions=False, is_excepted=is_excepted)


def test_a_bar_can_be_looked_at_again(referral: Referral, by: Staff) -> None:
    services.decide(
        referral, eligible=False, factors={}, prior_check=CheckResult.BAR, by=by, on=TODAY
    )
    assert referral.state is ReferralState.PRIOR_DIVERSION_BAR
    services.reopen(referral, reason=WhyReopened.WRONG_CERTIFICATE, by=by, on=TODAY)
    services.decide(
        referral, eligible=True, factors={}, prior_check=CheckResult.CLEAR, by=by, on=TODAY
    )
    latest = queries.latest_review(referral.id)
    assert latest is not None
    assert latest.eligible


def test_a_decided_referral_is_not_decided_twice(referral: Referral, by: Staff) -> None:
    services.decide(
        referral, eligible=True, factors={}, prior_check=CheckResult.CLEAR, by=by, on=TODAY
    )
    with pytest.raises(WrongReferralState):
        services.decide(referral, eligible=False, factors={}, by=by, on=TODAY)
