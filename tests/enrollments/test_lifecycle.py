"""An enrollment moves only along its way, each step with its guard and its row."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from diversion.core.database import db
from diversion.core.errors import NotYours
from diversion.core.tracks import Track
from diversion.enrollments.agreements.queries import standing
from diversion.enrollments.agreements.services import AlreadyOver, SignedAhead, hash_of, sign
from diversion.enrollments.codes import ConditionKind, EnrollmentState, ExitCode, Finding
from diversion.enrollments.conditions.services import add_evidence
from diversion.enrollments.lifecycle import endings, rules, services
from diversion.enrollments.lifecycle.services import (
    AlreadyEnrolled,
    FeeNotAssessed,
    NothingSigned,
)
from diversion.enrollments.models import MOVES, OPEN, Enrollment, EnrollmentStep, WrongState
from diversion.enrollments.referrals.models import WrongReferralState
from diversion.participants import access
from diversion.participants.search import search
from diversion.participants.services import take_back
from diversion.staff.models import Staff
from diversion.staff.permissions import Role
from tests.factories.enrollments import TODAY, make_enrollment, make_referral, make_terms
from tests.factories.participants import make_participant
from tests.factories.staff import make_staff

S = EnrollmentState


@pytest.fixture
def by(session: Session) -> Staff:
    return make_staff(Role.SBAD_COORDINATOR)


@pytest.fixture
def pending(by: Staff) -> Enrollment:
    return make_enrollment(make_participant(Track.SBAD, by=by), by, active=False)


def _meet(enrollment: Enrollment, by: Staff) -> None:
    for kind in (ConditionKind.CLASS, ConditionKind.FEE):
        add_evidence(enrollment.id, kind, source="test:1", happened_on=TODAY, by=by)


@given(st.lists(st.sampled_from(S), max_size=30))
def test_no_sequence_of_wishes_leaves_the_way(wishes: list[EnrollmentState]) -> None:
    enrollment = Enrollment(state=S.PENDING)
    for wish in wishes:
        before = enrollment.state
        try:
            enrollment.move(wish)
        except WrongState:
            assert enrollment.state is before
        else:
            assert wish in MOVES[before]
    assert enrollment.is_open == (enrollment.state in OPEN)


def test_nothing_begins_without_a_signature_a_talk_with_counsel_and_a_fee(
    pending: Enrollment, by: Staff
) -> None:
    with pytest.raises(NothingSigned):
        services.activate(pending, fee_assessed=True, by=by, on=TODAY)
    sign(pending, signed_on=TODAY, counsel_consulted=False, by=by)
    with pytest.raises(NothingSigned):
        services.activate(pending, fee_assessed=True, by=by, on=TODAY)
    sign(pending, signed_on=TODAY, counsel_consulted=True, by=by)
    with pytest.raises(FeeNotAssessed):
        services.activate(pending, by=by, on=TODAY)
    services.activate(pending, fee_assessed=True, by=by, on=TODAY)
    assert (pending.state, pending.monitored_until_on) == (S.ACTIVE, TODAY + timedelta(days=183))


def test_the_terms_are_frozen_as_signed(pending: Enrollment, by: Staff) -> None:
    agreement = sign(pending, signed_on=TODAY, counsel_consulted=True, by=by)
    pending.program_version.monitoring_days = 365
    assert agreement.terms["monitoring_days"] == 183
    assert agreement.terms["fee_cents"] == 100_000
    assert hash_of(agreement.terms) == agreement.terms_hash
    assert standing(pending.id) is agreement


def test_nobody_signs_tomorrow(pending: Enrollment, by: Staff) -> None:
    with pytest.raises(SignedAhead):
        sign(pending, signed_on=date(2099, 1, 1), counsel_consulted=True, by=by)


def test_one_enrollment_at_a_time(by: Staff) -> None:
    person = make_participant(Track.SBAD, by=by)
    make_terms(by)
    first, second = make_referral(person, by), make_referral(person, by)
    services.accept(first, by=by, on=TODAY)
    with pytest.raises(AlreadyEnrolled):
        services.accept(second, by=by, on=TODAY)
    with pytest.raises(WrongReferralState):
        services.accept(first, by=by, on=TODAY)


def test_the_period_without_arrest_is_waited_out(by: Staff) -> None:
    enrollment = make_enrollment(make_participant(Track.SBAD, by=by), by)
    with pytest.raises(rules.NotReady):
        services.complete(enrollment, by=by, on=TODAY)
    _meet(enrollment, by)
    assert enrollment.state is S.REQUIREMENTS_MET
    services.begin_monitoring(enrollment, by=by, on=TODAY)
    with pytest.raises(rules.StillMonitored):
        services.complete(enrollment, by=by, on=TODAY + timedelta(days=182))
    with pytest.raises(rules.NotADeputy):
        services.complete(enrollment, signed_off_by=by, by=by, on=TODAY + timedelta(days=183))
    deputy = make_staff(Role.DEPUTY_DA)
    services.complete(enrollment, signed_off_by=deputy, by=by, on=TODAY + timedelta(days=183))
    services.dismiss(enrollment, by=by, on=TODAY + timedelta(days=190))
    story = (
        select(EnrollmentStep).filter_by(enrollment_id=enrollment.id).order_by(EnrollmentStep.id)
    )
    steps = [
        (row.before, row.after) for row in db.session.scalars(story.order_by(EnrollmentStep.id))
    ]
    assert steps == [
        (None, S.PENDING), (S.PENDING, S.ACTIVE), (S.ACTIVE, S.REQUIREMENTS_MET),
        (S.REQUIREMENTS_MET, S.MONITORING), (S.MONITORING, S.COMPLETED),
        (S.COMPLETED, S.DISMISSED),
    ]  # fmt: skip


def test_a_completion_written_by_mistake_can_be_reopened(by: Staff) -> None:
    enrollment = make_enrollment(make_participant(Track.COMMUNITY_COURT, by=by), by)
    for kind, quantity in (("counseling", 8), ("mentor_contact", 3), ("appearance", 3)):
        add_evidence(
            enrollment.id, ConditionKind(kind), quantity=quantity, source="test:1",
            happened_on=TODAY, by=by,
        )  # fmt: skip
    services.complete(enrollment, by=by, on=TODAY)
    services.reopen_completion(enrollment, by=by, on=TODAY)
    assert (enrollment.state, enrollment.closed_on) == (S.REQUIREMENTS_MET, None)


def test_only_a_deputy_ends_a_diversion_and_never_for_money_alone(by: Staff) -> None:
    enrollment = make_enrollment(make_participant(Track.SBAD, by=by), by)
    deputy = make_staff(Role.DEPUTY_DA)
    with pytest.raises(rules.NotADeputy):
        endings.give_notice(enrollment, grounds=ConditionKind.CLASS, by=by, on=TODAY)
    with pytest.raises(Exception, match="money alone"):
        endings.give_notice(enrollment, grounds=ConditionKind.FEE, by=deputy, on=TODAY)
    endings.give_notice(enrollment, grounds=ConditionKind.CLASS, by=deputy, on=TODAY)
    endings.find(enrollment, Finding.ENDED, by=deputy, on=TODAY)
    assert (enrollment.state, enrollment.exit_code) == (
        S.TERMINATED, ExitCode.ADVERSE_TERMINATION,
    )  # fmt: skip


def test_leaving_is_not_failing(pending: Enrollment, by: Staff) -> None:
    services.close(pending, exit_code=ExitCode.MOVED, by=by, on=TODAY)
    assert (pending.state, pending.is_open) == (S.CLOSED_NEUTRAL, False)
    with pytest.raises(AlreadyOver):
        sign(pending, signed_on=TODAY, counsel_consulted=True, by=by)
    with pytest.raises(WrongState):
        services.close(pending, exit_code=ExitCode.OPTED_OUT, by=by, on=TODAY)


def test_a_record_kept_before_is_taken_over_open_or_closed(by: Staff) -> None:
    make_terms(by)
    opened = services.take_over(
        make_participant(Track.SBAD, by=by), entered_on=date(2025, 3, 1), by=by, on=TODAY
    )
    closed = services.take_over(
        make_participant(Track.SBAD, by=by), entered_on=date(2022, 3, 1),
        exit_code=ExitCode.COMPLETED, closed_on=date(2022, 9, 1), by=by, on=TODAY,
    )  # fmt: skip
    assert (opened.state, opened.active_on) == (S.ACTIVE, date(2025, 3, 1))
    assert (closed.state, closed.closed_on) == (S.COMPLETED, date(2022, 9, 1))


def test_a_registration_taken_back_is_found_by_nobody(by: Staff) -> None:
    person = make_participant(Track.SBAD, "Birgit", "Tamsin", by=by)
    take_back(person, by=by)
    assert search(Track.SBAD, "Tamsin", by=by) == []
    with pytest.raises(NotYours):
        access.find(person.number, Track.SBAD, by=by)
