"""Change of the fund lies in named drawers, is moved by two people, and begins the day."""

from io import BytesIO

import pytest
from flask import Flask
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from diversion.core.database import transaction
from diversion.core.money import ZERO, Money
from diversion.fund import verify
from diversion.fund.change_fund import services
from diversion.fund.change_fund.services import Change
from diversion.fund.chart.models import Use
from diversion.fund.chart.rules import StillHeld
from diversion.fund.chart.services import switch
from diversion.fund.corrections import services as corrections
from diversion.fund.drawers import services as drawers
from diversion.fund.drawers import tills
from diversion.fund.drawers.models import DrawerSession, Till
from diversion.fund.statements.cash import accountability
from diversion.fund.statements.report import Question
from diversion.ledger import queries as ledger
from diversion.ledger.commands import Line
from diversion.ledger.events import Event
from diversion.ledger.extracts import Range
from diversion.ledger.proofs import Fault
from diversion.staff.approvals.services import NotApproved
from diversion.staff.models import Staff
from diversion.staff.permissions import Role
from tests.conftest import NOW
from tests.factories.fees import TODAY, make_debtor, make_receipt
from tests.factories.staff import make_staff
from tests.fees.desks import desks
from tests.fund.test_corrections import post
from tests.ledger import books

WHY, PAPER = "Cash payers need change at the counter.", "A" * 64


@pytest.fixture
def by(session: Session) -> Staff:
    books.post(Event.INTEREST, Line(1020, 50_000), Line(4200, -50_000))
    return make_staff(Role.FINANCE_APPROVER, name="Mo Abel")


@pytest.fixture
def second(session: Session) -> Staff:
    return make_staff(Role.FINANCE_APPROVER, name="Ina Roth")


def turn_on(by: Staff, *, wanted: bool = True) -> None:
    switch(Use.CHANGE_FUND, "Order 26-121", wanted=wanted, by=by, on=TODAY, now=NOW)


def move(by: Staff, second: Staff, cents: int, till: str = "", name: str = "") -> None:
    wanted = Change(Money(cents), WHY, PAPER, till, name)
    paper = services.ask(wanted, by=by, on=TODAY, now=NOW)
    with pytest.raises(NotApproved):
        corrections.carry_out(paper, lapses=True, now=NOW)
    post(paper, second)


def front(by: Staff, second: Staff, cents: int = 5_000) -> Till:
    turn_on(by)
    move(by, second, cents, name="Front")
    found = tills.named("Front")
    assert found is not None
    return found


def test_change_is_established_raised_and_lowered_by_two(by: Staff, second: Staff) -> None:
    with pytest.raises(services.NotInUse):
        services.ask(Change(Money(5), WHY, PAPER, name="Front"), by=by, on=TODAY, now=NOW)
    till = front(by, second)
    assert tills.named("FRONT") is till
    move(by, second, 2_500, till.handle)
    move(by, second, -1_000, till.handle)
    assert (tills.change_in(till.id), ledger.balance(1020)) == (Money(6_500), Money(43_500))
    report = accountability(Question(Range(TODAY, TODAY, ledger.head().number), 0))
    assert report.ties
    assert Money(6_500) in [row.cells[1] for row in report.rows]
    with pytest.raises(StillHeld):
        turn_on(by, wanted=False)
    move(by, second, -6_500, till.handle)
    turn_on(by, wanted=False)
    assert verify.findings() == []


def test_no_more_goes_back_than_is_there_and_no_drawer_is_named_twice(
    by: Staff, second: Staff
) -> None:
    till = front(by, second)
    refused = (
        (services.NoAmount, Change(Money(-5_001), WHY, PAPER, till.handle)),
        (services.NoAmount, Change(ZERO, WHY, PAPER, till.handle)),
        (services.WhichTill, Change(Money(5), WHY, PAPER)),
        (services.WhichTill, Change(Money(5), WHY, PAPER, till.handle, "Back")),
        (services.NamedAlready, Change(Money(5), WHY, PAPER, name="Front")),
    )
    for why, wanted in refused:
        with pytest.raises(why):
            services.ask(wanted, by=by, on=TODAY, now=NOW)


def test_the_day_begins_with_the_change_of_the_drawer(
    by: Staff, second: Staff, session: Session
) -> None:
    till, clerk = front(by, second), make_staff(Role.FINANCE_CLERK, name="Lena Ortiz")
    with pytest.raises(drawers.TillMissing):
        drawers.open_drawer(Money(9), by=clerk, on=TODAY, now=NOW)
    drawer = drawers.open_drawer(Money(9), by=clerk, on=TODAY, now=NOW, till=till)
    assert drawer.change_fund == Money(5_000)
    with pytest.raises(drawers.TillInUse):
        drawers.open_drawer(ZERO, by=second, on=TODAY, now=NOW, till=till)
    with pytest.raises(IntegrityError), session.begin_nested():
        session.add(DrawerSession(cashier_id=second.id, till_id=till.id, opened_on=TODAY,
                                  opened_at=NOW, change_fund=ZERO))  # fmt: skip
        session.flush()
    move(by, second, 1_000, till.handle)
    make_receipt(make_debtor(first="Wren")[0], 2_000, by=clerk)
    drawers.count(drawer, {100: 80}, by=clerk, now=NOW)
    assert drawer.difference == ZERO


def test_change_is_asked_for_with_its_document(app: Flask) -> None:
    office = desks(app)
    with app.app_context(), transaction():
        turn_on(make_staff(Role.FINANCE_APPROVER, name="Mo Abel"))
        books.post(Event.INTEREST, Line(1020, 50_000), Line(4200, -50_000))
    asked = {"op": "change-form-0000001", "way": "more", "name": "Front", "amount": "5",
             "reason": WHY}  # fmt: skip
    answer = office.manager.post("/fund/change-fund", data=asked)
    assert (answer.status_code, "Choose a file." in answer.text) == (422, True)
    assert "Front" in answer.text
    papers = [
        office.manager.post(
            "/fund/change-fund", data={**asked, "document": (BytesIO(b"%PDF"), "memo.pdf")}
        ).location
        for _again in range(2)
    ]
    assert papers == ["/fund/corrections/J-2026-0001"] * 2


def test_change_in_a_drawer_that_is_not_there_is_found(by: Staff, second: Staff) -> None:
    turn_on(by)
    books.post(Event.ADJUST, Line(1040, 500, 99), Line(1020, -500), approved_by=second.id)
    assert [found.fault for found in verify.findings()] == [Fault.DEPOSITS]
