"""Signing in, moving and covering the screen, with the keyboard alone."""

import re
from typing import Any

from playwright.sync_api import Page, expect

from diversion.cli.rehearsal import cast
from tests.browser.conftest import DESKTOP, PHONE, Live
from tests.browser.county import enter


def _focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.name || document.activeElement.textContent"))


def _tab_to(page: Page, name: str) -> None:
    """Press Tab until what has `name` has the focus, and see that the focus shows."""
    for _press in range(15):
        page.keyboard.press("Tab")
        if name in _focused(page):
            shown = "getComputedStyle(document.activeElement).outlineStyle"
            assert page.evaluate(shown) != "none" or "notice" in name
            return
    raise AssertionError(f"Tab never came to {name}")


def test_a_person_signs_in_with_the_keyboard_alone(contexts: Any, live: Live) -> None:
    page = contexts(viewport=DESKTOP)
    page.goto(f"{live.address}/fund/ledger")
    _tab_to(page, "email")
    page.keyboard.type(cast.PARTS["clerk"].email)
    _tab_to(page, "password")
    page.keyboard.type(cast.PASSWORD)
    _tab_to(page, "notice")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(page).to_have_title(re.compile("Your code"))
    code = re.findall(r"\b\d{6}\b", page.locator("form .hint .mono").inner_text())[0]
    _tab_to(page, "code")
    page.keyboard.type(code)
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Ledger")


def test_the_first_tab_skips_to_the_content(contexts: Any, live: Live) -> None:
    page = contexts(viewport=DESKTOP)
    enter(page, live, "clerk")
    page.goto(live.address)
    page.keyboard.press("Tab")
    assert _focused(page) == "Skip to main content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_keys_find_go_and_tell(contexts: Any, live: Live) -> None:
    page = contexts(viewport=DESKTOP)
    enter(page, live, "court")
    page.goto(live.address)
    page.keyboard.press("/")
    assert _focused(page) == "q"
    page.keyboard.type("gt")  # inside a field, keys only type
    assert page.url == f"{live.address}/"
    page.keyboard.press("Tab")
    page.keyboard.press("?")
    page.wait_for_url("**/help/keys")
    page.keyboard.press("g")
    page.keyboard.press("t")
    page.wait_for_url(f"{live.address}/")


def test_only_leaving_with_something_unsent_asks_first(contexts: Any, live: Live) -> None:
    page = contexts(viewport=DESKTOP)
    asked: list[str] = []
    page.on("dialog", lambda dialog: asked.append(dialog.type))
    enter(page, live, "accountant")
    page.goto(f"{live.address}/fund/exports")
    page.get_by_label("Closing the month", exact=True).check(force=True)
    with page.expect_download():
        page.get_by_role("button", name="Download").click()
    assert asked == []
    page.get_by_label("Month", exact=True).select_option(index=1)
    page.goto(live.address)
    assert asked == ["beforeunload"]


def test_a_name_that_is_searched_is_never_in_an_address(contexts: Any, live: Live) -> None:
    page = contexts(viewport=DESKTOP)
    enter(page, live, "court")
    addresses: list[str] = []
    page.on("request", lambda request: addresses.append(request.url))
    page.goto(live.address)
    page.keyboard.press("/")
    page.keyboard.type("wren")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text("Wren")
    assert [address for address in addresses if "wren" in address.lower()] == []
    assert "wren" not in page.title().lower()


def test_the_cover_hides_at_once_and_opens_with_the_password(contexts: Any, live: Live) -> None:
    page = contexts(viewport=DESKTOP)
    enter(page, live, "court")
    page.goto(f"{live.address}/court/participants")
    page.keyboard.press("Shift+Escape")
    expect(page.locator("h1")).to_have_text("Locked")
    page.goto(f"{live.address}/court/participants")
    expect(page.locator("h1")).to_have_text("Locked")
    page.get_by_label("Password", exact=True).fill(cast.PASSWORD)
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("People")


def test_after_signing_out_the_back_button_shows_nothing_se_04(contexts: Any, live: Live) -> None:
    page = contexts(viewport=DESKTOP)
    enter(page, live, "court")
    page.goto(f"{live.address}/court/participants")
    page.locator("details.menu summary").click()
    page.get_by_role("button", name="Sign out").click()
    expect(page.locator("h1")).to_have_text("Sign in")
    page.go_back()
    expect(page.locator("h1")).to_have_text("Sign in")
    assert page.context.cookies() == [] or all(c["name"] == "sid" for c in page.context.cookies())


def test_the_menu_of_the_account_opens_without_scripts(contexts: Any, live: Live) -> None:
    page = contexts(viewport=PHONE, java_script_enabled=False)
    enter(page, live, "clerk")
    page.goto(live.address)
    page.locator("details.menu summary").click()
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()


def test_scripts_may_fail_and_pages_still_work(contexts: Any, live: Live) -> None:
    page = contexts(viewport=DESKTOP, java_script_enabled=False)
    enter(page, live, "court")
    page.goto(f"{live.address}/court/participants")
    page.locator("#q").fill("wren")
    page.get_by_role("button", name="Find", exact=True).click()
    expect(page.locator("main")).to_contain_text("Wren")
