"""A finance clerk takes a payment: four fields at most, one receipt however often it is sent."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, Request, expect
from sqlalchemy import func, select

from diversion.core.database import db
from diversion.fees.models import Receipt
from tests.browser.conftest import DESKTOP, Live
from tests.browser.county import enter


def _open(contexts: Any, own: Live, *, scripts: bool = True) -> Page:
    page = contexts(viewport=DESKTOP, java_script_enabled=scripts)
    enter(page, own, "clerk")
    page.goto(f"{own.address}/fees/accounts")
    page.locator("tbody tr a").first.click()
    page.get_by_role("link", name=re.compile("Take payment")).first.click()
    expect(page.locator("h1")).to_have_text("Take payment")
    return page


def _receipts(own: Live) -> int:
    with own.app.app_context():
        return db.session.scalar(select(func.count()).select_from(Receipt)) or 0


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_a_payment_gives_its_receipt_at_once(contexts: Any, own: Live, scripts: bool) -> None:
    before = _receipts(own)
    page = _open(contexts, own, scripts=scripts)
    asked = page.locator("main form input:visible:not([type=radio]), main form select:visible")
    groups = page.locator("main form fieldset:visible")
    assert asked.count() + groups.count() <= 4
    page.get_by_label("Amount").fill("50")
    page.locator("label.seg", has_text="Check").click()
    page.get_by_label("Check or money order number, card reference").fill("1207")
    page.get_by_role("button", name=re.compile("Take")).click()
    expect(page.locator("h1")).to_have_text(re.compile(r"Receipt [A-Z]-\d{4}-\d{6}"))
    expect(page.locator("main")).to_contain_text("$50.00")
    assert _receipts(own) == before + 1


def test_a_double_click_and_a_second_sending_give_one_receipt(contexts: Any, own: Live) -> None:
    before = _receipts(own)
    page = _open(contexts, own, scripts=False)  # no script stands between the two clicks
    sent: list[Request] = []
    page.on("request", lambda request: sent.append(request) if request.method == "POST" else None)
    page.get_by_label("Amount").fill("25")
    page.locator("label.seg", has_text="Cash").click()
    page.get_by_role("button", name=re.compile("Take")).dblclick()
    expect(page.locator("h1")).to_have_text(re.compile("Receipt"))
    assert _receipts(own) == before + 1
    again = page.context.request.post(
        sent[0].url,
        data=sent[0].post_data,
        headers={"Content-Type": "application/x-www-form-urlencoded"},
        max_redirects=0,
    )
    assert f"{own.address}{again.headers['location']}" == page.url
    assert _receipts(own) == before + 1


def test_what_is_refused_keeps_what_was_typed(contexts: Any, own: Live) -> None:
    page = _open(contexts, own)
    page.get_by_label("Amount").fill("fifty")
    page.locator("label.seg", has_text="Check").click()
    page.get_by_role("button", name=re.compile("Take")).click()
    expect(page.locator(".errors")).to_be_focused()
    expect(page).to_have_title(re.compile("^Error: "))
    expect(page.get_by_label("Amount")).to_have_value("fifty")
    page.locator(".errors a").first.click()
    expect(page.get_by_label("Amount")).to_be_focused()
