"""What stands at the counter: what is due is proposed, and what is listed is added up."""

import re

from flask import Flask
from flask.testing import FlaskClient

from diversion.core.database import db, transaction
from diversion.core.money import Money
from diversion.enrollments.models import Enrollment
from diversion.fees.assessments.services import _charge
from diversion.fees.models import Obligation
from diversion.fees.schedules.models import FeeLine, FeeSchedule
from diversion.participants.models import Participant
from diversion.staff.models import Staff
from diversion.staff.permissions import Role
from diversion.web.calendar import court_today
from tests.factories.fees import make_plan
from tests.factories.staff import make_staff
from tests.fees.desks import Desks, desks, text


def proposed(client: FlaskClient, number: str) -> str:
    found = re.search(r'name="amount"[^>]*value="([^"]*)"', text(client, pay(number)))
    assert found
    return found[1]


def pay(number: str) -> str:
    return f"/fees/accounts/{number}/payments"


def second_fee(number: str, by: Staff) -> None:
    first = db.session.query(Obligation).one()
    enrollment = db.session.get_one(Enrollment, first.enrollment_id)
    part = ("Returned-item fee", 4020, 0, Money(3_500))
    _charge(enrollment, 2, part, on=court_today(), due_on=first.due_on, reason=None, by=by,
            now=None)  # fmt: skip


def test_the_instalment_that_is_due_is_proposed(app: Flask) -> None:
    office: Desks = desks(app)
    assert proposed(office.clerk, office.number) == "1000.00"
    with app.app_context(), transaction():
        person = db.session.query(Participant).filter_by(number=office.number).one()
        make_plan(person, 3, by=make_staff(Role.SBAD_COORDINATOR), on=court_today())
    assert proposed(office.clerk, office.number) == "333.34"
    assert "$333.33" in text(office.clerk, pay(office.number))


def test_two_fees_of_an_account_are_added_up(app: Flask) -> None:
    office = desks(app)
    assert "<tfoot>" not in text(office.clerk, f"/fees/accounts/{office.number}")
    with app.app_context(), transaction():
        second_fee(office.number, make_staff(Role.SBAD_COORDINATOR))
    page = text(office.clerk, f"/fees/accounts/{office.number}")
    assert page.partition("<tfoot>")[2].count("$1,035.00") >= 2


def test_a_schedule_of_several_lines_says_what_is_charged_in_all() -> None:
    lines = [(7_000, 4010), (3_000, 4010), (10_000, None)]
    made = FeeSchedule()
    made.lines = [FeeLine(amount=Money(cents), revenue_account=account) for cents, account in lines]
    assert made.total == Money(10_000)
