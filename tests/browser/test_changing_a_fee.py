"""A clerk asks to reduce a fee, a second person approves it in two clicks; on any screen."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import func, select

from diversion.core.database import db
from diversion.fees.waivers.models import FeeChange
from tests.browser.axe import overflows, violations
from tests.browser.conftest import DESKTOP, PHONE, Live
from tests.browser.county import enter


def _posted(own: Live) -> int:
    with own.app.app_context():
        return db.session.scalar(select(func.count()).select_from(FeeChange)) or 0


def _is_fine(page: Page, scripts: bool) -> None:
    if scripts:
        assert violations(page) == []
    assert not scripts or not overflows(page)


@pytest.mark.parametrize(
    ("size", "scripts"), [(DESKTOP, True), (PHONE, False)], ids=["desktop", "phone-no-scripts"]
)
def test_a_reduction_is_asked_for_and_approved(
    contexts: Any, own: Live, size: Any, scripts: bool
) -> None:
    before = _posted(own)
    page = contexts(viewport=size, java_script_enabled=scripts, bypass_csp=True)
    enter(page, own, "clerk")
    page.goto(f"{own.address}/fees/accounts?status=owed")
    page.locator("tbody a").last.click()
    _is_fine(page, scripts)
    page.get_by_role("link", name=re.compile("^Change…")).first.click()
    page.get_by_text("Reduce the fee").click()
    page.get_by_label("Amount").fill("12.50")
    page.get_by_label("Why").select_option("hardship")
    page.get_by_label("The reason in a sentence").fill("Works fewer hours since October.")
    _is_fine(page, scripts)
    page.get_by_role("button", name=re.compile("^Ask")).click()
    expect(page.locator("main")).to_contain_text("It waits for a second person.")
    where = page.url
    page.context.clear_cookies()
    enter(page, own, "approver")
    page.goto(f"{own.address}/requests")
    page.locator(f'a[href="{where.removeprefix(own.address)}"]').click()
    _is_fine(page, scripts)
    page.get_by_role("button", name="Approve").click()
    expect(page.locator("main")).to_contain_text("Approved and posted.")
    assert _posted(own) == before + 1
