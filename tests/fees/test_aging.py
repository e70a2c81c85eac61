"""Aging reads the instalments, adds up to the ledger, and knows earlier days."""

from datetime import date, timedelta

from diversion.core.money import Money
from diversion.core.tracks import Track
from diversion.enrollments.conditions.models import ConditionKind
from diversion.enrollments.conditions.services import add_evidence
from diversion.fees.aging.only_money import only_money
from diversion.fees.aging.queries import aging, totals
from diversion.fees.aging.rules import Age
from diversion.fees.plans import services as plans
from diversion.fees.plans.models import EndReason, PaymentPlan
from diversion.fees.plans.rules import Every
from diversion.fees.returned.services import return_item
from diversion.fund.statements.owed import aged
from diversion.fund.statements.report import Question
from diversion.ledger import queries as ledger
from diversion.ledger.accounts import RECEIVABLE
from diversion.ledger.commands import Mode
from diversion.ledger.extracts import Range
from diversion.participants import access
from diversion.participants.models import Participant
from diversion.staff.models import Staff
from diversion.staff.permissions import Role
from tests.conftest import NOW
from tests.factories.cash import bring_to_bank
from tests.factories.fees import TODAY, make_debtor, make_plan, make_receipt
from tests.factories.staff import make_staff
from tests.fees.test_returned import BOUNCED


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
    make_debtor(coordinator, first="Wren")
    person, _ = make_debtor(coordinator)
    plan = plans.make(
        person, plans.Terms(4, Every.MONTH, TODAY), key="p1", by=coordinator, on=TODAY, now=NOW
    )
    assert aging(TODAY)[0].in_plan is False
    plans.sign(plan, signed_on=TODAY, document_hash="", by=coordinator, on=TODAY, now=NOW)
    row, later = aging(TODAY + timedelta(days=35))
    assert (row.number, later.in_plan) == (person.number, False)
    assert (row.in_plan, row.next_due) == (True, TODAY)
    assert [amount.cents for _age, amount in row.aged.by_age] == [50_000, 25_000, 25_000, 0, 0]


def test_an_earlier_day_or_entry_knows_the_plan_that_counted_then(coordinator: Staff) -> None:
    start = TODAY - timedelta(days=60)
    person, _ = make_debtor(coordinator, on=start)
    before = ledger.head().number
    made = [
        _signed(person, count, start + timedelta(days=days), coordinator)
        for count, days in ((4, 10), (2, 30))
    ]
    plans.end(
        made[1], EndReason.AGREED, by=coordinator, on=start + timedelta(days=50),
        now=NOW - timedelta(days=10),
    )  # fmt: skip
    due = {days: aging(start + timedelta(days=days))[0] for days in (9, 10, 29, 30, 49, 50)}
    assert [row.in_plan for row in due.values()] == [False, True, True, True, True, False]
    assert [due[days].next_due for days in (10, 29, 30, 49)] == [
        start + timedelta(days=days) for days in (10, 10, 30, 30)
    ]
    assert {row.next_due for row in (due[9], due[50])} == {due[9].next_due}
    _signed(person, 3, TODAY, coordinator, hours=1)
    instants = (None, ledger.posted_by(before))
    assert [aging(TODAY, known_at=at)[0].in_plan for at in instants] == [True, False]


def _signed(person: Participant, count: int, on: date, by: Staff, hours: int = 0) -> PaymentPlan:
    """Sign a plan that starts on its day, as it was written down then."""
    return make_plan(person, count, by=by, on=on, now=NOW - (TODAY - on) + timedelta(hours=hours))


def test_a_report_as_of_an_older_entry_knows_the_plan_of_then_and_none_signed_after(
    coordinator: Staff,
) -> None:
    person, _ = make_debtor(coordinator)
    entries = []
    for on, hours in ((TODAY - timedelta(days=1), 0), (TODAY, 2)):
        _signed(person, 4, on, coordinator, hours=hours)
        make_receipt(person, 100)
        entries.append(ledger.head().number)
    found = [
        aged(Question(Range(TODAY, TODAY, entry), RECEIVABLE)).rows[0].cells[11]
        for entry in entries
    ]
    assert found == [TODAY - timedelta(days=1), TODAY]


def test_a_payment_that_came_back_is_not_the_last_one(coordinator: Staff) -> None:
    person, _ = make_debtor(coordinator, on=TODAY - timedelta(days=5))
    make_receipt(person, 10_000, on=TODAY - timedelta(days=4))
    receipt = make_receipt(person, 20_000, mode=Mode.CHECK, reference="1021")
    bring_to_bank(receipt)
    before = ledger.head().number
    assert aging(TODAY)[0].last_paid_on == TODAY
    manager = make_staff(Role.FINANCE_APPROVER, name="Harriet Moss")
    return_item(receipt.number, BOUNCED, by=coordinator, approved_by=manager.id, on=TODAY, now=NOW)
    assert aging(TODAY)[0].last_paid_on == TODAY - timedelta(days=4)
    assert aging(TODAY, up_to=before)[0].last_paid_on == TODAY


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
