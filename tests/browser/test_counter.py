"""A cashier counts the drawer blind, and somebody else signs what is short, on desk and phone."""

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.axe import overflows, violations
from tests.browser.conftest import DESKTOP, PHONE, Live
from tests.browser.county import enter


@pytest.mark.parametrize(
    ("size", "scripts"), [(DESKTOP, True), (PHONE, False)], ids=["desk", "phone-no-scripts"]
)
def test_a_drawer_is_counted_and_signed(contexts: Any, own: Live, size: Any, scripts: bool) -> None:
    page = contexts(viewport=size, java_script_enabled=scripts)
    enter(page, own, "clerk")
    page.goto(f"{own.address}/fund/drawers")
    count = page.get_by_role("link", name="Count my drawer")
    if not count.count():
        page.get_by_label("Change in the drawer").fill("50")
        page.get_by_role("button", name="Open", exact=True).click()
        page.goto(f"{own.address}/fund/drawers")
    page.get_by_role("link", name="Count my drawer").click()
    expect(page.locator("main")).to_contain_text("shown after the count")
    if scripts:
        assert violations(page) == []
        assert not overflows(page)
    page.locator("input[name=ones]").fill("1")
    page.get_by_role("button", name="Close the drawer").click()
    expect(page.locator("main")).to_contain_text("There should be")
    where = page.url
    other = contexts(viewport=size, java_script_enabled=scripts)
    enter(other, own, "approver")
    other.goto(where)
    other.get_by_label("Nobody knows").check(force=True)
    other.get_by_role("button", name="Sign", exact=True).click()
    expect(other.locator("main")).to_contain_text("Signed by")
    if scripts:
        assert violations(other) == []
        assert not overflows(other)
