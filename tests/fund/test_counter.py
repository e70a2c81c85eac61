"""The daily close adds up, and what is out of the ordinary stands on its report."""

from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from diversion.core.money import Money
from diversion.fees.models import VoidReason
from diversion.fees.unplaced.models import UnplacedKind
from diversion.fees.unplaced.services import Handed
from diversion.fees.unplaced.services import take as take_unplaced
from diversion.fees.void_models import PayersCopy
from diversion.fees.voids import services as voids
from diversion.fund.drawers import services as drawers
from diversion.fund.statements import catalog
from diversion.fund.statements.report import Question, Report
from diversion.ledger import queries as ledger
from diversion.ledger.commands import Mode
from diversion.ledger.extracts import Range
from diversion.staff.models import Staff
from diversion.staff.permissions import Role
from tests.conftest import NOW
from tests.factories.fees import TODAY, make_debtor, make_receipt
from tests.factories.staff import make_staff
from tests.fees.desks import Desks, desks, text


@pytest.fixture
def clerk(session: Session) -> Staff:
    return make_staff(Role.FINANCE_CLERK, name="Omar Finch")


def a_day(clerk: Staff) -> None:
    """Take cash, a check, a donation and a card, and void one whose copy did not come back."""
    person, _ = make_debtor()
    make_receipt(person, 10_000, by=clerk)
    wrong = make_receipt(person, 2_000, by=clerk, mode=Mode.CHECK, reference="1021")
    make_receipt(person, 500, by=clerk, mode=Mode.CARD, reference="ch_1")
    given = Handed(UnplacedKind.DONATION, Money(700), Mode.CASH)
    take_unplaced(given, key="u-1", by=clerk, on=TODAY, now=NOW)
    manager = make_staff(Role.FINANCE_APPROVER, name="Miles Soto")
    voids.void_at_once(
        wrong, reason=VoidReason.WRONG_AMOUNT, copy=PayersCopy.LOST, seen=wrong.hash16,
        by=manager, on=TODAY, now=NOW,
    )  # fmt: skip


def ask(name: str, day: date = TODAY, up_to: int = 0) -> Report:
    wanted = Range(day, day, up_to or ledger.head().number)
    return catalog.named(name).build(Question(wanted, 1020))


def test_the_daily_close_adds_up(clerk: Staff) -> None:
    a_day(clerk)
    report = ask("daily-close")
    found = {str(row.cells[0]): row.cells[1:] for row in report.rows}
    assert found["Receipts of the series M-2026"] == ("000001", "000004", 4, Money(13_200))
    assert found["Cash"][2:] == (2, Money(10_700))
    assert found["Voided"][2:] == (1, Money(-2_000))
    assert found["Taken and kept"][2:] == (3, Money(11_200))
    assert report.ties


def test_what_is_unusual_stands_there_with_its_people(clerk: Staff) -> None:
    a_day(clerk)
    drawer = drawers.open_drawer(Money(0), by=clerk, on=TODAY, now=NOW)
    drawers.count(drawer, {100: 1}, by=clerk, now=NOW + timedelta(hours=1))
    rows = ask("exceptions").rows
    assert [str(row.cells[0]) for row in rows] == ["Receipt voided", "Drawer short"]
    assert (rows[0].cells[4], str(rows[0].cells[6])) == (
        "Miles Soto", "Not returned: the payer lost it",
    )  # fmt: skip
    assert str(rows[1].cells[6]) == "Nobody signed it yet"
    before = ledger.head().number
    make_receipt(make_debtor(first="Wren")[0], 100, now=NOW + timedelta(hours=2))
    assert [str(row.cells[0]) for row in ask("exceptions", up_to=before).rows] == ["Receipt voided"]


def test_the_close_is_a_page_with_the_seal_of_its_last_entry(app: Flask) -> None:
    office: Desks = desks(app)
    office.take()
    page = text(office.auditor, "/fund/reports/daily-close")
    assert "Receipts of the series" in page
    assert "Taken and kept" in page
    with app.app_context():
        assert ledger.head().hash[:16] in page
