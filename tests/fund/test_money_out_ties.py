"""Prove that `verify` sees papers of money out that do not tie to the journal."""

from typing import Any

import pytest
from sqlalchemy import insert
from sqlalchemy.orm import Session

from diversion.core.money import Money
from diversion.fund.orders.meaning import payment
from diversion.fund.orders.models import OrderPosting, Payment
from diversion.fund.orders.verify import TIES, findings
from diversion.ledger import services as books
from diversion.ledger.commands import Command, credit, debit
from diversion.ledger.events import Event
from diversion.ledger.proofs import Fault
from tests.conftest import NOW
from tests.factories import disbursements as out
from tests.factories.fund import TODAY
from tests.fund.test_money_out import approved, pay


@pytest.fixture
def office(session: Session) -> out.Office:
    office = out.make_office()
    pay(office, approved(office))
    return office


def test_sound_papers_tie(office: out.Office) -> None:
    assert findings() == []
    assert len(TIES) == 5


def test_an_entry_without_its_paper_is_found(office: out.Office) -> None:
    lines = [debit(9000, Money(100)), credit(9010, Money(100), 1)]
    entry = books.post(
        Command(Event.BUDGET_ADOPT, lines), key=out.key(), by=1, approved_by=2, on=TODAY, now=NOW
    ).number
    assert [(each.fault, each.place) for each in findings()] == [(Fault.MONEY_OUT, entry)]


def test_an_order_that_points_at_another_entry_is_found(
    office: out.Office, session: Session
) -> None:
    order = out.propose(office, out.make_line(office), -10)
    other = out.give(10)
    session.execute(insert(OrderPosting), [{"order_id": order.id, "entry": other}])
    assert {each.place for each in findings()} == {other}


def test_a_payment_under_another_name_is_found(office: out.Office, session: Session) -> None:
    voucher: Any = approved(office)
    command = payment(voucher.id, 0, Money(10_000), voucher.number)
    entry = books.post(command, key=out.key(), by=office.pays.id, on=TODAY, now=NOW).number
    row = {"voucher_id": voucher.id, "method": "check", "reference": "7", "amount": Money(10_000),
           "paid_on": TODAY, "paid_by_id": office.agrees.id, "paid_at": NOW,
           "entry": entry}  # fmt: skip
    session.execute(insert(Payment), [row])
    assert [each.place for each in findings()] == [entry]
