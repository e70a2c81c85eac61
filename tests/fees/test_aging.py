"""Aging reads the instalments, adds up to the ledger, and knows earlier days."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from diversion.core.money import Money
from diversion.core.tracks import Track
from diversion.enrollments.conditions.models import ConditionKind
from diversion.enrollments.conditions.services import add_evidence
from diversion.fees.aging.only_money import only_money
from diversion.fees.aging.queries import aging, totals
from diversion.fees.aging.rules import Age
from diversion.fees.plans import services as plans
from diversion.fees.plans.rules import Every
from diversion.ledger import queries as ledger
from diversion.participants import access
from diversion.staff.models import Staff
from diversion.staff.permissions import Role
from tests.conftest import NOW
from tests.factories.fees import TODAY, make_debtor, make_receipt
from tests.factories.staff import make_staff


@pytest.fixture
def coordinator(session: Session) -> Staff:
    return make_staff(Role.SBAD_COORDINATOR)


def test_what_is_open_ages_by_the_day_it_is_due_and_adds_up(coordinator: Staff) -> None:
    person, _ = make_debtor(coordinator)
    make_debtor(coordinator, first="Wren")
    make_receipt(person, 30_000)
    later = aging(TODAY)[0].next_due + timedelta(days=45)
    rows = aging(later)
    assert totals(rows).total == ledger.balance(1200) == Money(170_000)
    assert {dict(row.aged.by_age)[Age.TO_60] for row in rows} == {Money(70_000), Money(100_000)}
    assert next(row for row in rows if row.number == person.number).paid == Money(30_000)


def test_a_signed_plan_gives_each_instalment_its_own_age(coordinator: Staff) -> None:
    person, _ = make_debtor(coordinator)
    plan = plans.make(
        person, plans.Terms(4, Every.MONTH, TODAY), key="p1", by=coordinator, on=TODAY, now=NOW
    )
    assert aging(TODAY)[0].in_plan is False
    plans.sign(plan, signed_on=TODAY, document_hash="", by=coordinator, on=TODAY, now=NOW)
    (row,) = aging(TODAY + timedelta(days=35))
    assert (row.in_plan, row.next_due) == (True, TODAY)
    assert [amount.cents for _age, amount in row.aged.by_age] == [50_000, 25_000, 25_000, 0, 0]


def test_an_earlier_entry_or_day_knows_no_later_payment(coordinator: Staff) -> None:
    person, _ = make_debtor(coordinator, on=TODAY - timedelta(days=5))
    before = ledger.head().number
    make_receipt(person, 30_000)
    assert totals(aging(TODAY)).total == Money(70_000)
    assert totals(aging(TODAY, up_to=before)).total == Money(100_000)
    assert totals(aging(TODAY - timedelta(days=1))).total == Money(100_000)
    assert aging(TODAY - timedelta(days=6)) == []


def test_a_person_for_whom_only_money_is_left_is_listed(coordinator: Staff) -> None:
    person, enrollment = make_debtor(coordinator)
    within = access.visible_to(coordinator, Track.SBAD)
    assert only_money(within) == []
    for kind in ConditionKind:
        if kind is not ConditionKind.FEE:
            add_evidence(enrollment.id, kind, quantity=99, source="test", happened_on=TODAY,
                         by=coordinator)  # fmt: skip
    (row,) = only_money(within)
    assert (row.number, row.owed, row.in_plan) == (person.number, Money(100_000), False)
