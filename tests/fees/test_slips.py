"""Slips of the finger and stale pages are refused beside the field, and nothing is kept."""

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from diversion.core.database import db, transaction
from diversion.core.money import Money
from diversion.core.tracks import Track
from diversion.fees.ability.models import AbilityWorksheet
from diversion.fees.codes import Change
from diversion.fees.models import Obligation
from diversion.fees.plans import rules as plans
from diversion.fees.plans.models import PaymentPlan, PlanSignature
from diversion.fees.schedules import services as schedules
from diversion.fees.schedules.models import FeeSchedule, Overpayment
from diversion.fees.waivers import rules
from diversion.participants.access import find
from diversion.participants.assignments.models import BlockReason
from diversion.participants.assignments.services import block
from diversion.staff.models import Staff
from diversion.staff.permissions import Role
from tests.factories.fees import TODAY, make_debtor
from tests.factories.staff import make_staff
from tests.fees.desks import Desks, decide, desks
from tests.fees.test_waivers import approve, ask


@pytest.mark.parametrize("first_on", [date(9999, 12, 31), date(2027, 11, 23)])
def test_a_plan_begins_within_a_year(first_on: date) -> None:
    plans.check_start(date(2027, 11, 22), TODAY)
    with pytest.raises(plans.StartsTooLate):
        plans.check_start(first_on, TODAY)


@pytest.mark.parametrize("signed_on", [date(2026, 11, 19), date(2026, 11, 22), date(2099, 1, 1)])
def test_a_plan_is_signed_between_its_making_and_today(signed_on: date) -> None:
    made_on = date(2026, 11, 20)
    plans.check_signature(made_on, made_on, TODAY)
    plans.check_signature(TODAY, made_on, TODAY)
    with pytest.raises(plans.NotSignedThen):
        plans.check_signature(signed_on, made_on, TODAY)


def test_a_schedule_begins_within_two_years(session: Session) -> None:
    by = make_staff(Role.FINANCE_APPROVER)
    part = schedules.Part("Class fee", Money(50_000))
    for day in (date(2028, 11, 22), date(9999, 12, 31)):
        with pytest.raises(schedules.NotYet):
            schedules.replace(
                Track.SBAD, [part], due_days=90, overpayment=Overpayment.CREDIT,
                key=f"k-{day}", by=by, on=day, today=TODAY,
            )  # fmt: skip


def test_one_request_about_a_fee_waits_at_a_time(session: Session) -> None:
    clerk, manager = make_staff(Role.SBAD_COORDINATOR), make_staff(Role.FINANCE_APPROVER)
    person, _ = make_debtor(clerk)
    first = ask(person, clerk, Change.REDUCE, 10_000)
    with pytest.raises(rules.Asked):
        ask(person, manager, Change.REDUCE, 10_000, key="another-desk")
    approve(first, manager)
    assert ask(person, clerk, Change.REDUCE, 20_000).amount == Money(20_000)


@pytest.fixture
def at_desks(app: Flask) -> Desks:
    return desks(app)


def test_amounts_below_zero_and_days_out_of_reach_are_answered_beside_the_field(
    app: Flask, at_desks: Desks
) -> None:
    account = f"/fees/accounts/{at_desks.number}"
    line = {"in_force_on": "+30", "label_1": "Class", "amount_1": "500", "due_days": "90",
            "overpayment": "credit", "earmark_1": "0"}  # fmt: skip
    sheet = {"household": "2", "income": "1000", "expenses": "900", "benefit": "none",
             "proof": "own_word"}  # fmt: skip
    terms = {"count": "3", "every": "month", "first_on": "+7"}
    tries = [
        (at_desks.manager, "/fees/schedules/new", {**line, "amount_1": "-5"}),
        (at_desks.manager, "/fees/schedules/new", {**line, "statutory": "-5"}),
        (at_desks.clerk, f"{account}/ability", {**sheet, "income": "-1"}),
        (at_desks.clerk, f"{account}/ability", {**sheet, "expenses": "-0.01"}),
        (at_desks.clerk, f"{account}/plans/new", {**terms, "first_on": "12/31/9999"}),
    ]
    for client, where, given in tries:
        answer = client.post(where, data={"op": "k" * 24, **given})
        assert (where, answer.status_code) == (where, 422)
    made = at_desks.clerk.post(f"{account}/plans/new", data={"op": "p" * 24, **terms}).location
    late = at_desks.clerk.post(
        f"{made}/signature", data={"op": "s" * 24, "signed_on": "01/01/2099"}
    )
    assert late.status_code == 422
    with app.app_context():
        kept = FeeSchedule, AbilityWorksheet, PlanSignature
        assert [db.session.scalar(select(func.count()).select_from(each)) for each in kept] == [
            0, 0, 0
        ]  # fmt: skip
        assert db.session.scalar(select(func.count()).select_from(PaymentPlan)) == 1


def test_who_must_not_see_a_person_sees_and_decides_no_request_about_their_fee(
    app: Flask, at_desks: Desks
) -> None:
    with app.app_context():
        fee = db.session.scalars(select(Obligation.handle)).one()
    given = {"op": "k" * 24, "change": "waive", "why": "hardship", "note": "Lost the job in May."}
    where = f"/fees/accounts/{at_desks.number}/fees/{fee}/change"
    asked = at_desks.clerk.post(where, data=given).location
    with app.app_context(), transaction():
        manager = db.session.scalars(select(Staff).where(Staff.name == "Miles Soto")).one()
        clerk = db.session.scalars(select(Staff).where(Staff.name == "Lena Ortiz")).one()
        person = find(at_desks.number, Track.SBAD, by=clerk)
        block(manager, person, reason=BlockReason.FAMILY, by=clerk)
    assert at_desks.manager.get(asked).status_code == 404
    assert decide(at_desks.other, asked) == 303
