"""Prove that a fee is charged once, as the terms say, and to nobody in Community Court."""

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from diversion.core.errors import Invalid
from diversion.core.money import Money
from diversion.core.tracks import Track
from diversion.fees import queries
from diversion.fees.assessments import services
from diversion.fees.assessments.services import AlreadyAssessed
from diversion.fees.models import OtherAmount
from diversion.fees.schedules.models import LineKind
from diversion.fees.schedules.services import FeesSwitchedOff, Part, put_in_force
from diversion.ledger import queries as ledger
from diversion.staff.permissions import Role
from tests.conftest import NOW
from tests.factories.enrollments import make_enrollment
from tests.factories.fees import TODAY, make_debtor, make_receipt
from tests.factories.participants import make_participant
from tests.factories.staff import make_staff


def test_a_charged_fee_is_owed_and_not_yet_earned(session: Session) -> None:
    participant, _ = make_debtor()
    assert queries.owed_by([participant.id]) == {participant.id: Money(100_000)}
    assert ledger.balance(1200) == Money(100_000)
    assert ledger.balance(2500) == Money(-100_000)
    assert not ledger.balance(4010)


def test_a_fee_is_charged_once(session: Session) -> None:
    _, enrollment = make_debtor()
    with pytest.raises(AlreadyAssessed):
        services.assess(enrollment, by=make_staff(), on=TODAY, now=NOW)


def test_nobody_in_community_court_is_charged(session: Session) -> None:
    by = make_staff(Role.COURT_COORDINATOR)
    survivor = make_enrollment(make_participant(Track.COMMUNITY_COURT, by=by), by)
    with pytest.raises(FeesSwitchedOff):
        services.assess(survivor, by=by, on=TODAY, now=NOW)
    with pytest.raises(FeesSwitchedOff):
        put_in_force(Track.COMMUNITY_COURT, [Part("Fee", Money(1))], by=by, on=TODAY)


def test_another_amount_needs_a_reason(session: Session) -> None:
    by = make_staff(Role.SBAD_COORDINATOR)
    enrollment = make_enrollment(make_participant(Track.SBAD, by=by), by)
    with pytest.raises(Invalid):
        services.assess(enrollment, by=by, on=TODAY, now=NOW, amount=Money(50_000))
    (made,) = services.assess(
        enrollment, by=by, on=TODAY, now=NOW, amount=Money(50_000), reason=OtherAmount.AGREEMENT
    )
    assert (made.amount, made.other_amount) == (Money(50_000), OtherAmount.AGREEMENT)


def test_the_lines_of_the_schedule_divide_the_fee_and_leave_state_money_out(
    session: Session,
) -> None:
    by = make_staff(Role.SBAD_COORDINATOR)
    parts = [
        Part("Class", Money(60_000)),
        Part("Services fund", Money(40_000)),
        Part("State fee", Money(10_000), kind=LineKind.STATUTORY),
    ]
    put_in_force(Track.SBAD, parts, by=by, on=date(2026, 1, 1), due_days=30)
    participant, _ = make_debtor(by)
    charges = queries.charges(participant.id)
    assert [(each.label, each.amount.cents) for each in charges] == [
        ("Class", 60_000),
        ("Services fund", 40_000),
    ]
    # The day that was agreed stands before that of the schedule.
    assert {each.due_on for each in charges} == {TODAY + timedelta(days=183)}


def test_an_overdue_fee_is_noted_once_and_a_paid_one_never(session: Session) -> None:
    late, _ = make_debtor()
    paid, _ = make_debtor(first="Rowan")
    make_receipt(paid, 100_000)
    due = queries.charges(late.id)[0].due_on
    assert services.note_overdue(on=due, now=NOW) == 0
    assert services.note_overdue(on=due + timedelta(days=1), now=NOW) == 1
    assert services.note_overdue(on=due + timedelta(days=2), now=NOW) == 0
