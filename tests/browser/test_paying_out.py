"""A request is approved in two clicks after reading it, and a voucher paid; on any screen."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import func, select

from diversion.core.database import db
from diversion.fund.orders.models import OrderPosting, Payment
from tests.browser.axe import overflows, violations
from tests.browser.conftest import DESKTOP, PHONE, Live
from tests.browser.county import enter


def _count(own: Live, table: Any) -> int:
    with own.app.app_context():
        return db.session.scalar(select(func.count()).select_from(table)) or 0


def _is_fine(page: Page) -> None:
    assert violations(page) == []
    assert not overflows(page)


@pytest.mark.parametrize(
    ("size", "scripts"), [(DESKTOP, True), (PHONE, False)], ids=["desktop", "phone-no-scripts"]
)
def test_a_request_is_approved_in_two_clicks_and_paid(
    contexts: Any, own: Live, size: Any, scripts: bool
) -> None:
    posted, paid = _count(own, OrderPosting), _count(own, Payment)
    page = contexts(viewport=size, java_script_enabled=scripts, bypass_csp=True)
    enter(page, own, "approver")
    page.goto(f"{own.address}/requests")
    page.get_by_role("link", name="Voucher").first.click()
    expect(page.locator("h1")).to_have_text("Voucher")
    if scripts:
        _is_fine(page)
    page.get_by_role("button", name="Approve").click()
    expect(page.locator("main")).to_contain_text("Approved and posted.")
    assert _count(own, OrderPosting) == posted + 1
    page.context.clear_cookies()
    enter(page, own, "accountant")
    page.goto(f"{own.address}/fund/vouchers?state=to-pay")
    page.locator("tbody tr a").first.click()
    page.get_by_role("link", name=re.compile("Pay")).click()
    if scripts:
        _is_fine(page)
    page.locator("label.seg", has_text="Check").click()
    page.get_by_label("Check or transfer number").fill("99001")
    page.get_by_role("button", name=re.compile("Pay")).click()
    expect(page.locator("main")).to_contain_text("The payment is recorded.")
    if scripts:
        _is_fine(page)
    assert _count(own, Payment) == paid + 1
