"""An instructor takes the roll of today's class: few taps, with and without scripts."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import PHONE, Live
from tests.browser.county import enter

PEOPLE = 30


class Taps:
    """Count what a finger does on a page."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.count = 0

    def on(self, target: Any) -> None:
        target.click()
        self.count += 1


def _start(contexts: Any, own: Live, *, scripts: bool, **more: Any) -> tuple[Page, Taps]:
    page = contexts(viewport=PHONE, java_script_enabled=scripts, **more)
    enter(page, own, "instructor")
    page.goto(own.address)
    taps = Taps(page)
    taps.on(page.get_by_role("link", name=re.compile("Start roll call")))
    expect(page.locator("h1")).to_have_text("Roll call")
    expect(page.locator(".roll-row")).to_have_count(PEOPLE)
    assert taps.count == 1
    return page, taps


def _mark(page: Page, row: int, word: str) -> Any:
    """Return a control of a row; who is excused ahead has none and is not counted."""
    open_rows = page.locator(".roll-row", has=page.locator(".seg"))
    return open_rows.nth(row).locator("label.seg", has_text=word)


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_thirty_people_take_at_most_ten_taps(contexts: Any, own: Live, scripts: bool) -> None:
    page, taps = _start(contexts, own, scripts=scripts)
    taps.count = 0
    for row in (2, 9, 17):
        taps.on(_mark(page, row, "Absent"))
    taps.on(_mark(page, 5, "Late"))
    taps.on(page.get_by_role("button", name="Mark the rest Here"))
    expect(page.locator(".tally")).to_contain_text("25 here")
    expect(page.locator(".tally")).to_contain_text("3 absent")
    expect(page.locator(".tally")).to_contain_text("1 late")
    taps.on(page.get_by_role("button", name="Finish class"))
    expect(page.locator("main")).not_to_contain_text("Finish class")
    assert taps.count == 6


def test_who_taps_before_the_script_is_there_is_heard(contexts: Any, own: Live) -> None:
    page, _taps = _start(contexts, own, scripts=True, service_workers="block", provoked=True)
    held: list[Route] = []
    page.route("**/js/roll*.js", lambda route: held.append(route))
    page.reload(wait_until="commit")
    _mark(page, 2, "Absent").click()
    expect(_mark(page, 2, "Absent").locator("input")).to_be_checked()
    expect(page.locator("[data-noscript]")).to_be_visible()
    held[0].continue_()
    expect(page.locator("[data-noscript]")).to_be_hidden()
    page.get_by_role("button", name="Mark the rest Here").click()
    expect(page.locator(".tally")).to_contain_text("28 here")
    expect(page.locator(".tally")).to_contain_text("1 absent")


def test_one_by_one_takes_a_tap_for_each(contexts: Any, own: Live) -> None:
    page, taps = _start(contexts, own, scripts=True)
    taps.count = 0
    for row in range(PEOPLE - 1):  # one is excused ahead
        taps.on(_mark(page, row, "Here"))
    expect(page.locator(".tally")).to_contain_text("29 here")
    expect(page.locator("[data-sync]")).to_contain_text("Saved")
    taps.on(page.get_by_role("button", name="Finish class"))
    expect(page.locator("main")).not_to_contain_text("Finish class")
    assert taps.count <= 35


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_blanks_refuse_the_end_and_lose_nothing(contexts: Any, own: Live, scripts: bool) -> None:
    page, _taps = _start(contexts, own, scripts=scripts)
    _mark(page, 0, "Late").click()
    # Without scripts nothing is saved before the button, and nothing says that it is.
    expect(page.locator("[data-sync]")).to_be_visible(visible=scripts)
    page.get_by_role("button", name="Finish class").click()
    expect(page.locator("#blanks")).to_have_text("28 people have no mark")
    expect(_mark(page, 0, "Late").locator("input")).to_be_checked()
    expect(page.get_by_role("button", name="Finish class")).to_be_visible()


def test_marks_survive_a_reload(contexts: Any, own: Live) -> None:
    page, _taps = _start(contexts, own, scripts=True)
    _mark(page, 3, "Absent").click()
    expect(page.locator(".tally")).to_contain_text("1 absent")
    expect(page.locator("[data-sync]")).to_contain_text("Saved")
    page.reload()
    expect(_mark(page, 3, "Absent").locator("input")).to_be_checked()


def test_the_rest_here_is_undone_after_a_reload_and_another_mark(contexts: Any, own: Live) -> None:
    page, _taps = _start(contexts, own, scripts=True)
    _mark(page, 1, "Absent").click()
    page.get_by_role("button", name="Mark the rest Here").click()
    expect(page.locator("[data-sync]")).to_contain_text("Saved")
    page.reload()
    _mark(page, 4, "Late").click()
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".tally")).to_contain_text("0 here")
    expect(page.locator(".tally")).to_contain_text("1 late")
    expect(page.locator(".tally")).to_contain_text("1 absent")
    expect(page.locator("[data-sync]")).to_contain_text("Saved")
    page.reload()
    expect(page.locator(".tally")).to_contain_text("0 here")
    expect(page.get_by_role("button", name="Mark the rest Here")).to_be_visible()
