"""What an account and its statement show adds up, whatever came back, went back or was reduced."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from diversion.core.money import ZERO, Money
from diversion.fees import queries as fees
from diversion.fees.codes import Change
from diversion.fees.refunds import queries as refunds
from diversion.fees.refunds import services as refunding
from diversion.fees.refunds.models import Instrument, RefundReason
from diversion.fees.refunds.services import Wish
from diversion.fees.returned.services import return_item
from diversion.ledger.commands import Mode
from diversion.ledger.movements import taken_back
from diversion.participants.models import Participant
from diversion.staff.models import Staff
from diversion.staff.permissions import Role
from tests.conftest import NOW
from tests.factories.cash import bring_to_bank
from tests.factories.fees import TODAY, make_debtor, make_receipt
from tests.factories.staff import make_staff
from tests.fees.test_returned import BOUNCED
from tests.fees.test_waivers import approve, ask, fee_of


def adds_up(person: Participant) -> Money:
    """Return what the lines of a statement leave, after checking it against the ledger."""
    charged = Money.total(c.amount + c.raised - c.given_up for c in refunds.charges(person.id))
    receipts = fees.receipts_of(person.id)
    back = taken_back([receipt.number for receipt, _void in receipts])
    paid = Money.total(r.amount for r, void in receipts if not void and r.number not in back)
    gone = Money.total(each.amount for each in refunds.approved_of(person.id))
    left = charged - paid + gone
    assert left == fees.owed_by([person.id])[person.id] - fees.credit_of(person.id)
    return left


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
    later = TODAY + timedelta(days=30)
    refunding.pay(refund, Instrument.CHECK, "9001", by=third, on=later, now=NOW + (later - TODAY))
    assert adds_up(person) == Money(-10_000)


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
