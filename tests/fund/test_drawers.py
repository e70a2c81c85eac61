"""Prove that a drawer is counted before it is compared, and that a difference has two people."""

import re

import pytest
from flask import Flask
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from diversion.core.errors import NotYours
from diversion.core.money import Money
from diversion.fund.deposits.models import WhyDifferent
from diversion.fund.drawers import queries, services
from diversion.fund.drawers.models import DrawerSession
from diversion.staff.models import Staff
from diversion.staff.permissions import Role
from tests.conftest import NOW
from tests.factories.fees import TODAY, make_debtor, make_receipt
from tests.factories.staff import make_staff
from tests.fees.desks import Desks, desks, text

WHY = next(iter(WhyDifferent))


@pytest.fixture
def clerk(session: Session) -> Staff:
    return make_staff(Role.FINANCE_CLERK, name="Omar Finch")


def opened(clerk: Staff, cents: int = 5_000) -> DrawerSession:
    return services.open_drawer(Money(cents), by=clerk, on=TODAY, now=NOW)


def test_change_and_cash_of_the_session_are_what_there_should_be(clerk: Staff) -> None:
    person, _ = make_debtor()
    make_receipt(person, 700, by=make_staff(Role.FINANCE_CLERK, name="Lena Ortiz"))
    drawer = opened(clerk)
    make_receipt(person, 2_000, by=clerk)
    services.count(drawer, {2000: 3, 1000: 1}, by=clerk, now=NOW)
    assert (drawer.expected, drawer.difference) == (Money(7_000), Money(0))
    assert drawer.is_settled
    assert queries.not_settled() == []


def test_a_difference_waits_for_somebody_else(clerk: Staff) -> None:
    drawer = opened(clerk)
    services.count(drawer, {100: 49}, by=clerk, now=NOW)
    assert (drawer.difference, queries.not_settled()) == (Money(-100), [drawer])
    with pytest.raises(services.OwnDrawer):
        services.sign(drawer, WHY, by=clerk, now=NOW)
    other = make_staff(Role.FINANCE_APPROVER, name="Miles Soto")
    services.sign(drawer, WHY, by=other, now=NOW)
    assert queries.not_settled() == []
    with pytest.raises(services.NothingToSign):
        services.sign(drawer, WHY, by=other, now=NOW)


def test_a_drawer_is_opened_once_and_counted_once_by_its_cashier(clerk: Staff) -> None:
    drawer = opened(clerk)
    with pytest.raises(services.OpenAlready):
        opened(clerk)
    with pytest.raises(NotYours):
        services.count(drawer, {}, by=make_staff(Role.FINANCE_CLERK, name="Lena Ortiz"), now=NOW)
    services.count(drawer, {}, by=clerk, now=NOW)
    with pytest.raises(services.CountedAlready):
        services.count(drawer, {}, by=clerk, now=NOW)
    opened(clerk)


def test_the_database_refuses_the_cashier_as_second_person(session: Session, clerk: Staff) -> None:
    drawer = opened(clerk)
    services.count(drawer, {}, by=clerk, now=NOW)
    with pytest.raises(IntegrityError, match="second_person"), session.begin_nested():
        drawer.reason, drawer.signed_by_id = WHY, clerk.id
        session.flush()


def test_a_cashier_counts_blind_and_a_manager_signs(app: Flask) -> None:
    office: Desks = desks(app)
    where = office.clerk.post("/fund/drawers", data={"change_fund": "50"}).location
    text(office.clerk, office.take())
    page = text(office.clerk, where)
    assert "hundreds" in page
    assert not re.search(r"\$450\.00|\$400\.00", page)
    assert "hundreds" not in text(office.manager, where)
    empty = office.clerk.post(f"{where}/count", data={})
    assert (empty.status_code, "Write what you counted" in empty.text) == (422, True)
    count = {"hundreds": "4", "tens": "4", "fives": "1", "coins": "4.50"}
    assert office.clerk.post(f"{where}/count", data=count).status_code == 303
    again = office.clerk.post(f"{where}/count", data=count)
    assert (again.status_code, "was counted already" in again.text) == (409, True)
    page = text(office.clerk, where)
    assert "$450.00" in page
    assert "−$0.50" in page
    assert office.clerk.post(f"{where}/signature", data={"reason": WHY.value}).status_code == 404
    assert office.manager.post(f"{where}/signature", data={}).status_code == 422
    assert office.manager.post(f"{where}/signature", data={"reason": WHY.value}).status_code == 303
    assert "Signed by Miles Soto" in text(office.auditor, where)
    assert "−$0.50" in text(office.auditor, "/fund/drawers")
    assert office.auditor.post("/fund/drawers", data={"change_fund": "1"}).status_code == 404
