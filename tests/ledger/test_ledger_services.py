"""Prove that posting writes one sealed entry, once."""

from datetime import date

from sqlalchemy.orm import Session

from diversion.core.money import Money
from diversion.ledger import services
from diversion.ledger.commands import Command, credit, debit
from diversion.ledger.events import Event
from tests.conftest import NOW

TODAY = date(2026, 11, 21)
FEE = Money(100_000)


def test_an_assessed_fee_is_owed(session: Session) -> None:
    command = Command(Event.ASSESS, [debit(1200, FEE, 31), credit(2500, FEE, 31)])
    posted = services.post(command, key="assess:31", by=7, on=TODAY, now=NOW)
    assert posted.number == 1
