"""A clean month is reviewed by one person and closed by another, on any screen."""

from typing import Any

import pytest
from flask import current_app
from playwright.sync_api import Page, expect
from sqlalchemy import select

from diversion.cli.rehearsal import cast
from diversion.core import clock
from diversion.core.database import db, transaction
from diversion.core.money import ZERO
from diversion.fees.imported import undo_receipts
from diversion.fund.periods import reopening
from diversion.ledger import periods
from diversion.ledger.commands import PeriodState
from diversion.ledger.periods import Month
from diversion.ledger.receipts import undeposited
from diversion.staff.approvals.models import Decision, Matter
from diversion.staff.approvals.queries import latest_about
from diversion.staff.approvals.services import decide
from diversion.staff.models import Staff
from tests.browser.axe import overflows, violations
from tests.browser.conftest import DESKTOP, PHONE, Live
from tests.browser.county import enter


def _person(part: str) -> Staff:
    return db.session.scalars(select(Staff).where(Staff.email == cast.PARTS[part].email)).one()


def _approve(matter: Matter, subject: str) -> None:
    request = latest_about(matter, subject)
    assert request is not None
    decide(request, Decision.APPROVED, seen=request.hash16, by=_person("approver"),
           limit=ZERO, now=clock.now())  # fmt: skip


def _take_old_receipts_back() -> None:
    """Undo what was taken over of the time before these books: the bank never had it."""
    old = [receipt.id for receipt in undeposited(imported=True)]
    on = clock.today(str(current_app.config["COURT_ZONE"]))
    undo_receipts(old, by=_person("accountant"), on=on, now=clock.now())


def _clean_month(own: Live) -> Month:
    """Open the newest closed month again; nothing keeps it from being closed."""
    with own.app.app_context(), transaction():
        _take_old_receipts_back()
        month = next(each for each in periods.months() if each.state is PeriodState.CLOSED)
        why = "A page of the statement was replaced."
        paper = reopening.ask(month, why, by=_person("accountant"), now=clock.now())
        _approve(Matter.REOPENING, paper.handle)
        reopening.reopen(paper, now=clock.now())
        return month


def _is_fine(page: Page) -> None:
    assert violations(page) == []
    assert not overflows(page)


@pytest.mark.parametrize(
    ("size", "scripts"), [(DESKTOP, True), (PHONE, False)], ids=["desktop", "phone-no-scripts"]
)
def test_a_clean_month_is_closed_by_two(contexts: Any, own: Live, size: Any, scripts: bool) -> None:
    month = _clean_month(own)
    address = f"{own.address}/fund/periods/{month.name}"
    page = contexts(viewport=size, java_script_enabled=scripts, bypass_csp=True)
    enter(page, own, "approver")
    page.goto(f"{address}/exceptions")
    if scripts:
        _is_fine(page)
    page.get_by_role("button", name="Sign the review").click()
    expect(page.locator("main")).to_contain_text("You signed the review.")
    page.context.clear_cookies()
    enter(page, own, "accountant")
    page.goto(f"{address}/close")
    if scripts:
        _is_fine(page)
    page.get_by_role("button", name="Close").first.click()
    expect(page.locator("main")).to_contain_text("The month is closed and sealed.")
    expect(page.locator("main")).to_contain_text("Trial balance at the closing")
    if scripts:
        _is_fine(page)
        for part in ("corrections/new", "corrections", "reports/aging", "reports", "periods"):
            page.goto(f"{own.address}/fund/{part}")
            _is_fine(page)
