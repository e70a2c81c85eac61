"""Prove that odd money, returns and refunds that no longer say what was sealed are found."""

from collections.abc import Callable, Generator

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from diversion.core.money import Money
from diversion.fees.codes import ReturnReason
from diversion.fees.refunds import cancelling
from diversion.fees.refunds import services as refunds
from diversion.fees.refunds.cancel_models import CancelReason
from diversion.fees.refunds.models import Instrument, RefundReason
from diversion.fees.returned.services import Notice, return_item
from diversion.fees.unplaced import placing
from diversion.fees.unplaced.models import UnplacedKind
from diversion.fees.unplaced.services import Handed, take
from diversion.fees.unplaced_returns.services import return_at_once
from diversion.fees.verify import CASHIER_TIES, findings
from diversion.ledger.commands import Mode
from diversion.ledger.proofs import Fault
from diversion.staff.permissions import Role
from tests import intruder
from tests.conftest import NOW, rolled_back
from tests.factories.cash import bring_to_bank
from tests.factories.fees import TODAY, make_debtor, make_receipt
from tests.factories.staff import make_staff

ANOTHER = "(SELECT max(id) FROM staff)"
DAMAGES = (
    "UPDATE unplaced_receipt SET amount = amount + 1",
    "DELETE FROM unplaced_receipt WHERE kind = 'donation' AND mode = 'cash'",
    f"UPDATE identification SET approved_by_id = {ANOTHER}",
    "UPDATE returned_item SET reopened = 1",
    "DELETE FROM returned_item",
    f"UPDATE unplaced_return SET approved_by_id = {ANOTHER}",
    "UPDATE refund SET amount = amount + 1",
    f"UPDATE refund SET paid_by_id = {ANOTHER}",
    "UPDATE refund SET entry_number = NULL, approved_by_id = NULL WHERE paid_entry IS NULL",
    f"UPDATE refund_cancel SET approved_by_id = {ANOTHER}",
    "DELETE FROM refund_cancel",
)


def live() -> None:
    """Take odd money, send payments back and refund: once, in a database of its own."""
    clerk = make_staff(Role.FINANCE_CLERK, name="Omar Finch")
    second, third = (make_staff(Role.FINANCE_APPROVER, name=n) for n in ("Mo Abel", "Ina Roth"))
    when = {"on": TODAY, "now": NOW}
    person, _ = make_debtor(by=make_staff(Role.SBAD_COORDINATOR))
    gift = Handed(UnplacedKind.DONATION, Money(700), Mode.CASH)
    take(gift, key="u-1", by=clerk, **when)
    check = take(Handed(UnplacedKind.UNIDENTIFIED, Money(900), Mode.CHECK, "88"), key="u-2",
                 by=clerk, **when).made  # fmt: skip
    said = placing.ask(check, person, by=clerk, **when)
    placing.carry_out(said, approved_by=second.id, **when)
    bounced = make_receipt(person, 5_000, by=clerk, mode=Mode.CHECK, reference="1021")
    paid = make_receipt(person, 130_000, by=clerk)
    for receipt in (bounced, paid):
        bring_to_bank(receipt)
    return_item(bounced.number, Notice(), by=clerk, approved_by=second.id, **when)
    odd = take(Handed(UnplacedKind.DONATION, Money(600), Mode.CHECK, "89"), key="u-3", by=clerk,
               **when).made  # fmt: skip
    bring_to_bank(odd)
    return_at_once(odd, ReturnReason.OTHER, "N", by=clerk, approved_by=second.id, **when)
    wish = refunds.Wish(Money(1_000), RefundReason.OVERPAID)
    refund = refunds.ask(person, wish, key="r-1", by=clerk, **when)
    refunds.carry_out(refund, approved_by=second.id, hold_days=10, **when)
    refunds.pay(refund, Instrument.CHECK, "9001", by=third, **when)
    other = refunds.ask(person, wish, key="r-2", by=clerk, **when)
    refunds.carry_out(other, approved_by=second.id, hold_days=10, **when)
    asked = cancelling.ask(other, CancelReason.MISTAKE, by=clerk, now=NOW)
    cancelling.carry_out(asked, approved_by=second.id, **when)
    make_staff(Role.FINANCE_APPROVER, name="Vera Low")


@pytest.fixture
def county(engine_name: str, lasting: Callable[..., Flask]) -> Generator[Session]:
    with rolled_back(lasting(engine_name, live)) as session:
        yield session


def test_what_the_counter_keeps_ties_to_the_ledger(county: Session) -> None:
    assert findings() == []
    assert len(DAMAGES) == len(CASHIER_TIES)


@pytest.mark.parametrize("damage", DAMAGES)
def test_each_way_of_not_tying_is_found(county: Session, damage: str) -> None:
    intruder.damage(county, damage)
    assert Fault.CASHIER in {finding.fault for finding in findings()}
