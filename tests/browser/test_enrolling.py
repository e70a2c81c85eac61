"""An SBAD coordinator takes a person from the referral into a class; a file is checked first."""

import re
from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.conftest import DESKTOP, PHONE, Live
from tests.browser.county import enter

FIRST, LAST = "Linden", "Ashgrove-Testing"


def _go_on(page: Page) -> None:
    page.get_by_role("button", name=re.compile("Save and continue")).click()


def _part(page: Page, address: str, part: str) -> None:
    page.goto(f"{address}/{part}")


def test_a_referral_becomes_a_seat_in_a_class(contexts: Any, own: Live) -> None:
    page = contexts(viewport=DESKTOP)
    enter(page, own, "classes")
    page.goto(f"{own.address}/classes/intakes/new")
    page.get_by_label("First name").fill(FIRST)
    page.get_by_label("Last name").fill(LAST)
    page.locator("select[name=source]").select_option(index=1)
    page.locator("input[name=referred_on]").fill("-3")
    _go_on(page)
    expect(page).to_have_url(re.compile(r"/classes/intakes/[a-z0-9]+"))
    found = re.search(r".*/classes/intakes/[a-z0-9]{6,}", page.url)
    assert found is not None
    at = found[0]
    _part(page, at, "check")
    page.locator("input[name=result][value=clear]").check()
    _go_on(page)
    _part(page, at, "review")
    page.locator("input[name=decision][value=yes]").check()
    _go_on(page)
    _part(page, at, "offer")
    page.locator("input[name=answer][value=accepted]").check()
    _go_on(page)
    _part(page, at, "agreement")
    page.locator("input[name=counsel]").check()
    page.locator("input[name=waiver_text]").fill("2026-07")
    _go_on(page)
    page.goto(f"{at}/begin")
    page.get_by_role("button", name=re.compile("Begin the program")).click()
    expect(page.locator("h1")).to_contain_text(f"{FIRST} {LAST}")
    expect(page.locator("main")).to_contain_text("Not ready to complete")
    _register(page, own)


def _register(page: Page, own: Live) -> None:
    page.goto(f"{own.address}/classes")
    found = page.locator("tbody a.name").evaluate_all("all => all.map(a => a.href)")
    register = page.get_by_role("button", name="Register", exact=True)
    for address in found:
        page.goto(f"{address}/people")
        if register.count() and register.is_enabled():
            break
    page.locator("tbody tr", has_text=LAST).locator("input[type=checkbox]").check()
    register.click()
    expect(page.locator("main")).to_contain_text(LAST.split("-")[0][:1])
    page.goto(f"{own.address}/classes/participants")
    page.locator("#q").fill(LAST)
    page.keyboard.press("Enter")
    page.locator("ul.rows a", has_text=LAST).click()
    expect(page.locator("main")).to_contain_text("Has a seat in the class")


def test_lists_of_classes_need_no_scrolling_sideways_on_a_phone(contexts: Any, own: Live) -> None:
    page = contexts(viewport=PHONE)
    enter(page, own, "classes")
    page.goto(f"{own.address}/classes")
    found = page.locator("tbody a.name").evaluate_all("all => all.map(a => a.href)")
    for address in (f"{own.address}/classes", found[0], f"{found[1]}/people"):
        page.goto(address)
        wide = "all => all.filter(e => e.scrollWidth > e.clientWidth + 1).length"
        assert page.locator(".scroll").count(), address
        assert page.locator(".scroll").evaluate_all(wide) == 0, address
