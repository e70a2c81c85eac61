"""What an account and its statement show adds up, whatever came back, went back or was reduced."""

from dataclasses import dataclass, field
from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from diversion.core.money import ZERO, Money
from diversion.fees import exported
from diversion.fees import queries as fees
from diversion.fees.codes import Change
from diversion.fees.models import VoidReason
from diversion.fees.papers.queries import statement
from diversion.fees.plans import queries as plans
from diversion.fees.refunds import queries as refunds
from diversion.fees.refunds import services as refunding
from diversion.fees.refunds.models import Instrument, RefundReason
from diversion.fees.refunds.services import Wish
from diversion.fees.returned.services import return_item
from diversion.fees.void_models import PayersCopy
from diversion.fees.voids.services import void_at_once
from diversion.fund.statements import papers as reports
from diversion.fund.statements.report import Question, Row
from diversion.ledger import queries as ledger
from diversion.ledger.commands import Mode
from diversion.ledger.extracts import Range
from diversion.ledger.movements import taken_back
from diversion.participants.models import Participant
from diversion.staff.models import Staff
from diversion.staff.permissions import Role
from tests.conftest import NOW
from tests.factories.cash import bring_to_bank
from tests.factories.fees import TODAY, make_debtor, make_receipt
from tests.factories.staff import make_staff
from tests.fees.test_returned import BOUNCED
from tests.fees.test_unplaced import placed
from tests.fees.test_unplaced import take as stray_money
from tests.fees.test_waivers import approve, ask, fee_of

LATER = TODAY + timedelta(days=30)


def adds_up(person: Participant) -> Money:
    """Return what the lines of a statement leave, after checking it against the ledger."""
    charged = Money.total(c.amount + c.raised - c.given_up for c in refunds.charges(person.id))
    receipts = fees.receipts_of(person.id)
    back = taken_back([receipt.number for receipt, _void in receipts])
    paid = Money.total(r.amount for r, void in receipts if not void and r.number not in back)
    gone = Money.total(each.amount for each in refunds.approved_of(person.id))
    left = charged - paid + gone
    assert left == fees.owed_by([person.id])[person.id] - fees.credit_of(person.id)
    now = statement(person.id, LATER, ledger.head().number)
    assert (now.owed, now.credit) == (
        fees.owed_by([person.id])[person.id],
        fees.credit_of(person.id),
    )
    assert now.parts == plans.unpaid_of(person.id)
    return left


@dataclass
class Told:
    """What the report of a person's statement said after each step."""

    person: Participant
    steps: list[tuple[int, list[Row]]] = field(default_factory=list)

    def step(self) -> None:
        adds_up(self.person)
        self.steps.append((ledger.head().number, self.asked(ledger.head().number)))

    def asked(self, up_to: int, on: date | None = None) -> list[Row]:
        wanted = Range(TODAY, on or LATER, up_to)
        report = reports.statement(Question(wanted, 1020, self.person.id))
        assert report.ties
        assert reports.paid_in_full(Question(wanted, 1020, self.person.id)).ties
        return report.rows


@pytest.fixture
def people(session: Session) -> list[Staff]:
    return [
        make_staff(Role.SBAD_COORDINATOR, name="Omar Finch"),
        make_staff(Role.FINANCE_APPROVER, name="Harriet Moss"),
        make_staff(Role.FINANCE_APPROVER, name="Pia Lund"),
    ]


def test_a_statement_adds_up_after_each_step(people: list[Staff]) -> None:
    clerk, manager, third = people
    person, _ = make_debtor(clerk)
    assert adds_up(person) == Money(100_000)
    check = make_receipt(person, 60_000, mode=Mode.CHECK, reference="1021")
    bring_to_bank(make_receipt(person, 50_000))
    assert adds_up(person) == Money(-10_000)
    bring_to_bank(check)
    return_item(check.number, BOUNCED, by=clerk, approved_by=manager.id, on=TODAY, now=NOW)
    assert adds_up(person) == Money(50_000)
    approve(ask(person, clerk, Change.REDUCE, 70_000), manager)  # 60,000 open and 10,000 paid
    assert adds_up(person) == Money(-10_000)
    (charge,) = refunds.charges(person.id)
    assert (charge.given_up, charge.paid) == (Money(70_000), Money(30_000))
    (refund,) = refunds.approved_of(person.id)
    refunding.pay(refund, Instrument.CHECK, "9001", by=third, on=LATER, now=NOW + (LATER - TODAY))
    assert adds_up(person) == Money(-10_000)


def test_a_statement_as_of_an_entry_says_what_it_said_then(people: list[Staff]) -> None:
    clerk, manager, third = people
    person, _ = make_debtor(clerk)
    told = Told(person)
    told.step()
    stray = stray_money(clerk, 20_000)
    told.step()
    bring_to_bank(placed(stray, person, clerk, manager))
    told.step()
    mistake = make_receipt(person, 5_000)
    told.step()
    void_at_once(
        mistake, reason=VoidReason.WRONG_AMOUNT, copy=PayersCopy.RETURNED, seen=mistake.hash16,
        by=manager, on=TODAY, now=NOW,
    )  # fmt: skip
    told.step()
    check = make_receipt(person, 90_000, mode=Mode.CHECK, reference="1021")
    told.step()
    bring_to_bank(check)
    return_item(check.number, BOUNCED, by=clerk, approved_by=manager.id, on=TODAY, now=NOW)
    told.step()
    approve(ask(person, clerk, Change.REDUCE, 85_000), manager)  # 80,000 open and 5,000 paid
    told.step()
    (refund,) = refunds.approved_of(person.id)
    refunding.pay(refund, Instrument.CHECK, "9001", by=third, on=LATER, now=NOW + (LATER - TODAY))
    told.step()
    assert [told.asked(up_to) for up_to, _rows in told.steps] == [rows for _, rows in told.steps]
    assert told.asked(ledger.head().number, TODAY) == told.steps[-2][1]
    (fee,) = fees.obligations_of(person.id)
    last = ledger.head().number
    assert exported.refunded([fee], TODAY, last) == {fee: {True: ZERO, False: Money(5_000)}}
    assert exported.refunded([fee], TODAY, last - 2) == {fee: {True: ZERO, False: ZERO}}
    assert told.asked(0) == told.asked(1, TODAY - timedelta(days=1))


def test_a_fee_paid_in_error_stays_owed_and_the_lines_say_so(people: list[Staff]) -> None:
    clerk, manager, _third = people
    person, _ = make_debtor(clerk)
    make_receipt(person, 100_000)
    wish = Wish(Money(25_000), RefundReason.PAID_IN_ERROR, fee_of(person), stays_owed=True)
    refunding.refund_at_once(
        person, wish, by=clerk, approved_by=manager.id, hold_days=10, on=TODAY, now=NOW
    )
    assert adds_up(person) == Money(25_000)
    assert [charge.given_up for charge in refunds.charges(person.id)] == [ZERO]
