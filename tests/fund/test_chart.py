"""Accounts that a county may leave are switched with a reason, and never off with money on them."""

from dataclasses import replace
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import text, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from diversion.core.database import db
from diversion.core.money import Money
from diversion.core.tracks import Track
from diversion.fees.schedules.models import LineKind, Office
from diversion.fees.schedules.services import NotTakenHere, Part, put_in_force
from diversion.fund.chart import queries, rules, services
from diversion.fund.chart.models import AccountSwitch, Use
from diversion.ledger.codes import Code
from diversion.ledger.commands import OWN_RECEIPT, credit, debit
from diversion.ledger.events import Event
from diversion.ledger.refusals import LedgerRefused
from diversion.staff.models import Staff
from diversion.staff.permissions import Role
from tests.conftest import NOW
from tests.factories.staff import make_staff
from tests.fees import desks as at_desks
from tests.ledger import books
from tests.ledger.books import TODAY


@pytest.fixture
def by(session: Session) -> Staff:
    return make_staff(Role.FINANCE_APPROVER)


def switch(by: Staff, wanted: bool, use: Use = Use.STATE_FEE, reason: str = "Order 26-118") -> None:
    services.switch(use, reason, wanted=wanted, by=by, on=TODAY, now=NOW)


def take() -> None:
    lines = debit(7010, Money(500), OWN_RECEIPT), credit(7300, Money(500), 1)
    books.post(Event.STF_RECEIPT, *lines, tender=books.tender(500, "S-2026-"))


def test_an_entry_touches_the_accounts_of_a_use_only_while_it_is_on(by: Staff) -> None:
    with pytest.raises(LedgerRefused) as no:
        take()
    assert no.value.code is Code.ACCOUNT_INACTIVE
    switch(by, True)
    take()
    assert [(s.is_on, name) for s, name in queries.switches(Use.STATE_FEE)] == [(True, by.name)]
    with pytest.raises(rules.SoAlready):
        switch(by, True)
    with pytest.raises(rules.WhyMissing):
        switch(by, False, reason="")


def test_what_holds_money_is_not_switched_off_by_page_or_by_hand(by: Staff) -> None:
    switch(by, True)
    take()
    with pytest.raises(rules.StillHeld, match="7010"):
        switch(by, False)
    with pytest.raises(DBAPIError, match="money stands on this account"):
        db.session.execute(text("UPDATE account SET active = false WHERE code = 7300"))


def test_who_collects_the_states_fee_keeps_its_accounts(by: Staff) -> None:
    switch(by, True)
    clerk = Part("State fee", Money(10_000), LineKind.STATUTORY, noted=True)
    ours = replace(clerk, office=Office.PROGRAM_OFFICE)
    put_in_force(Track.SBAD, [clerk], by=by, on=TODAY)
    switch(by, False)
    with pytest.raises(NotTakenHere):
        put_in_force(Track.SBAD, [ours], by=by, on=TODAY + date.resolution)
    switch(by, True)
    put_in_force(Track.SBAD, [ours], by=by, on=TODAY + date.resolution)
    with pytest.raises(rules.Collected):
        switch(by, False)


def test_the_page_switches_once_and_says_who_and_why(app: Flask) -> None:
    at, where = at_desks.desks(app), "/fund/accounts/change-fund"
    given = {"to": "on", "reason": "Order 26-118"}
    assert at.auditor.post(where, data=given).status_code == 404
    assert at.manager.post(where, data={**given, "reason": ""}).status_code == 422
    assert at.manager.post(where, data=given).status_code == 303
    assert at.other.post(where, data=given).status_code == 409
    page = at_desks.text(at.auditor, where)
    assert "Miles Soto" in page
    assert "Order 26-118" in page
    assert at_desks.text(at.auditor, "/fund/accounts").count("Switch…") == 6
    assert at.auditor.get("/fund/accounts/petty-cash").status_code == 404


def test_a_switch_is_never_rewritten(by: Staff) -> None:
    switch(by, True, Use.CHANGE_FUND)
    with pytest.raises(DBAPIError, match="append-only"):
        db.session.execute(update(AccountSwitch).values(reason="Another"))
