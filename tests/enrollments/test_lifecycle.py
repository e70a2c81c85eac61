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
from diversion.enrollments.codes import (
    ConditionKind,
    EnrollmentState,
    ExitCode,
    Finding,
    RecordResult,
)
from diversion.enrollments.conditions.queries import conditions
from diversion.enrollments.conditions.services import SamePerson, add_evidence
from diversion.enrollments.dismissal import services as dismissal
from diversion.enrollments.lifecycle import endings, excusals, pauses, rules, services
from diversion.enrollments.lifecycle import queries as lifecycle
from diversion.enrollments.lifecycle.services import (
    AlreadyEnrolled,
    FeeNotAssessed,
    NothingSigned,
)
from diversion.enrollments.models import MOVES, OPEN, Enrollment, EnrollmentStep, WrongState
from diversion.enrollments.referrals.models import WrongReferralState
from diversion.participants import access
from diversion.participants.models import Participant
from diversion.participants.search import search
from diversion.participants.services import take_back
from diversion.staff.models import Staff
from diversion.staff.permissions import Role
from tests.factories.enrollments import TODAY, make_enrollment, make_referral, make_terms
from tests.factories.participants import make_participant
from tests.factories.staff import make_staff

S = EnrollmentState
WEEK = timedelta(days=7)


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
    sign(pending, signed_on=TODAY, counsel_consulted=False, by=by, on=TODAY)
    with pytest.raises(NothingSigned):
        services.activate(pending, fee_assessed=True, by=by, on=TODAY)
    sign(pending, signed_on=TODAY, counsel_consulted=True, by=by, on=TODAY)
    with pytest.raises(FeeNotAssessed):
        services.activate(pending, by=by, on=TODAY)
    services.activate(pending, fee_assessed=True, by=by, on=TODAY)
    assert (pending.state, pending.monitored_until_on) == (S.ACTIVE, TODAY + timedelta(days=183))


def test_the_terms_are_frozen_as_signed(pending: Enrollment, by: Staff) -> None:
    agreement = sign(pending, signed_on=TODAY, counsel_consulted=True, by=by, on=TODAY)
    pending.program_version.monitoring_days = 365
    assert agreement.terms["monitoring_days"] == 183
    assert agreement.terms["fee_cents"] == 100_000
    assert hash_of(agreement.terms) == agreement.terms_hash
    assert standing(pending.id) is agreement


def test_nobody_signs_tomorrow(pending: Enrollment, by: Staff) -> None:
    with pytest.raises(SignedAhead):
        sign(pending, signed_on=TODAY + timedelta(days=1), counsel_consulted=True, by=by, on=TODAY)


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
    with pytest.raises(rules.NotReady):  # nothing was completed yet
        services.reopen_completion(enrollment, by=by, on=TODAY)
    services.complete(enrollment, by=by, on=TODAY)
    services.reopen_completion(enrollment, by=by, on=TODAY)
    assert (enrollment.state, enrollment.closed_on) == (S.REQUIREMENTS_MET, None)
    services.complete(enrollment, by=by, on=TODAY)
    person = db.session.get_one(Participant, enrollment.participant_id)
    services.accept(make_referral(person, by), by=by, on=TODAY)
    with pytest.raises(AlreadyEnrolled):  # they began anew meanwhile
        services.reopen_completion(enrollment, by=by, on=TODAY)


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
        sign(pending, signed_on=TODAY, counsel_consulted=True, by=by, on=TODAY)
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


def test_what_was_done_before_the_beginning_counts_at_once(pending: Enrollment, by: Staff) -> None:
    _meet(pending, by)
    sign(pending, signed_on=TODAY, counsel_consulted=True, by=by, on=TODAY)
    services.activate(pending, fee_assessed=True, by=by, on=TODAY)
    assert (pending.state, pending.met_on) == (S.REQUIREMENTS_MET, TODAY)


def test_no_day_is_lost_twice_and_none_before_the_beginning(by: Staff) -> None:
    enrollment = make_enrollment(make_participant(Track.SBAD, by=by), by)
    ends, later = TODAY + timedelta(days=10), TODAY + timedelta(days=20)
    with pytest.raises(pauses.BeforeItBegan):
        pauses.suspend(enrollment, reason="custody", by=by, on=TODAY - timedelta(days=1))
    pauses.suspend(enrollment, reason="custody", by=by, on=TODAY)
    deputy = make_staff(Role.DEPUTY_DA)
    with pytest.raises(endings.BeforeTheProgram):
        endings.give_notice(
            enrollment, grounds=ConditionKind.CLASS, by=deputy, on=TODAY - timedelta(days=1)
        )
    assert pauses.resume(enrollment, by=by, on=ends) == 10
    with pytest.raises(pauses.BeforeItBegan):
        pauses.suspend(enrollment, reason="custody", by=by, on=TODAY + timedelta(days=5))
    pauses.suspend(enrollment, reason="custody", by=by, on=ends)
    assert pauses.resume(enrollment, by=by, on=later) == 10
    assert enrollment.monitored_until_on == TODAY + timedelta(days=183 + 20)
    pauses.suspend(enrollment, reason="custody", by=by, on=later)
    endings.give_notice(enrollment, grounds=ConditionKind.CLASS, by=deputy, on=later + WEEK)
    assert [each.moved for each in lifecycle.pauses(enrollment.id)] == [7, 10, 10]


def test_nothing_about_a_notice_lies_before_it_and_a_deputy_finds(by: Staff) -> None:
    enrollment = make_enrollment(make_participant(Track.SBAD, by=by), by, TODAY - WEEK)
    deputy = make_staff(Role.DEPUTY_DA)
    endings.give_notice(enrollment, grounds=ConditionKind.CLASS, by=deputy, on=TODAY)
    for on, hearing_on in ((TODAY - WEEK, None), (TODAY, TODAY - WEEK)):
        with pytest.raises(endings.BeforeNotice):
            endings.dispute(enrollment, hearing_on=hearing_on, by=by, on=on)
    with pytest.raises(endings.BeforeNotice):
        endings.find(enrollment, Finding.ENDED, by=deputy, on=TODAY - WEEK)
    with pytest.raises(rules.NotADeputy):
        endings.find(enrollment, Finding.ENDED, by=by, on=TODAY)
    assert enrollment.state is S.TERMINATION_PENDING


def test_a_dismissal_comes_after_the_sign_off_and_dates_what_is_set_aside(by: Staff) -> None:
    enrollment = make_enrollment(make_participant(Track.SBAD, by=by), by, TODAY - 40 * WEEK)
    deputy = make_staff(Role.DEPUTY_DA)
    with pytest.raises(WrongState):
        dismissal.look(enrollment, RecordResult.CLEAR, by=by, on=TODAY)
    _meet(enrollment, by)
    dismissal.look(enrollment, RecordResult.CLEAR, by=by, on=TODAY)
    with pytest.raises(rules.NotADeputy):
        dismissal.sign_off(enrollment, by=by, on=TODAY)
    with pytest.raises(dismissal.TooEarly):
        dismissal.sign_off(enrollment, by=deputy, on=TODAY - WEEK)
    dismissal.sign_off(enrollment, by=deputy, on=TODAY)
    with pytest.raises(dismissal.TooEarly):
        dismissal.dismiss(enrollment, by=by, on=TODAY - WEEK)
    dismissal.set_clock(
        Track.SBAD, enrollment.legal_basis, days=7, citation="Example 1", in_force_on=TODAY - WEEK,
        by=deputy,
    )  # fmt: skip
    made = dismissal.dismiss(enrollment, by=by, on=TODAY)
    assert made is not None
    assert made.eligible_on == TODAY + WEEK
    with pytest.raises(dismissal.TooEarly):
        dismissal.follow_sealing(made, dismissal.Sealing.FILED, by=by, on=TODAY)


def test_a_condition_is_let_go_once_by_another_deputy_and_never_for_money(by: Staff) -> None:
    enrollment = make_enrollment(make_participant(Track.SBAD, by=by), by)
    wanted = {each.kind: each for each in conditions(enrollment.id)}
    with pytest.raises(excusals.MoneyIsWaived):
        excusals.ask(enrollment, wanted[ConditionKind.FEE], reason="health", by=by, on=TODAY)
    one = wanted[ConditionKind.CLASS]
    asked = excusals.ask(enrollment, one, reason="health", by=by, on=TODAY)
    with pytest.raises(excusals.AskedAlready):
        excusals.ask(enrollment, one, reason="health", by=by, on=TODAY)
    with pytest.raises(rules.NotADeputy):
        excusals.decide(asked, granted=True, by=make_staff(Role.SBAD_COORDINATOR), on=TODAY)
    deputy = make_staff(Role.DEPUTY_DA)
    excusals.decide(asked, granted=False, by=deputy, on=TODAY)
    with pytest.raises(excusals.Answered):
        excusals.decide(asked, granted=True, by=deputy, on=TODAY)
    own = excusals.ask(enrollment, one, reason="health", by=deputy, on=TODAY)
    with pytest.raises(SamePerson):
        excusals.decide(own, granted=True, by=deputy, on=TODAY)
    services.close(enrollment, exit_code=ExitCode.MOVED, by=by, on=TODAY)
    with pytest.raises(excusals.NothingToExcuse):
        excusals.decide(own, granted=True, by=make_staff(Role.DEPUTY_DA, name="Lee"), on=TODAY)
    with pytest.raises(excusals.NothingToExcuse):
        excusals.ask(enrollment, one, reason="health", by=by, on=TODAY)
