"""A court coordinator records outcomes and next dates at the bench."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from diversion.community_court.dockets.models import Docket
from diversion.core import clock
from diversion.core.database import db
from tests.browser.conftest import DESKTOP, PHONE, Live
from tests.browser.county import enter


def _next_docket(own: Live) -> datetime:
    """Return an hour into the next docket day of the county."""
    zone = own.app.config["COURT_ZONE"]
    with own.app.app_context():
        days = db.session.scalars(
            select(Docket.held_on)
            .where(Docket.held_on > clock.today(zone))
            .order_by(Docket.held_on)
        )
        held_on = days.first()
    assert held_on is not None
    return datetime.combine(held_on, time(10), ZoneInfo(zone)).astimezone(UTC)


def _open(contexts: Any, own: Live, size: Any, *, scripts: bool) -> Page:
    instant = _next_docket(own)
    begun = clock.now()
    program = own.app.wsgi_app

    def on_that_day(environ: Any, start_response: Any) -> Iterable[bytes]:
        with clock.standing_at(instant + (clock.now() - begun)):
            return program(environ, start_response)

    own.app.wsgi_app = on_that_day  # type: ignore[method-assign]  # (the server lives then)
    page = contexts(viewport=size, java_script_enabled=scripts)
    with clock.standing_at(instant - timedelta(minutes=1)):
        enter(page, own, "court")
    page.goto(own.address)
    page.get_by_role("link", name=re.compile("Open bench")).click()
    expect(page.locator("h1")).to_contain_text("Bench")
    return page


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_outcome_and_next_date_take_three_clicks(contexts: Any, own: Live, scripts: bool) -> None:
    page = _open(contexts, own, DESKTOP, scripts=scripts)
    page.locator(".b-row a", has_text="Call").first.click()
    row = page.locator("#now")
    name = row.locator(".name").first.inner_text()
    clicks = 0
    for target in (
        row.locator("label.out", has_text="Continue"),
        row.locator(".dates label.out").first,
        row.get_by_role("button", name=re.compile("Record")).locator("visible=true"),
    ):
        target.click()
        clicks += 1
    done = page.locator(".b-row.done", has_text=name)
    expect(done).to_contain_text(re.compile("Continue", re.IGNORECASE))
    assert clicks == 3
    expect(page.locator(".bench-bar")).to_contain_text("1 of")


def test_the_bench_is_worked_with_keys(contexts: Any, own: Live) -> None:
    page = _open(contexts, own, DESKTOP, scripts=True)
    page.locator(".b-row a", has_text="Call").first.click()
    expect(page.locator("#now")).to_be_visible()
    page.locator("main").focus()
    page.keyboard.press("1")
    expect(page.locator("#result-0")).to_be_checked()
    page.keyboard.press("4")
    expect(page.locator("#result-3")).to_be_checked()


def _on(page: Page) -> str:
    return page.locator("#now .name").first.inner_text()


def test_keys_go_through_rows_dates_and_outcomes_and_back(contexts: Any, own: Live) -> None:
    page = _open(contexts, own, DESKTOP, scripts=True)
    page.locator(".b-row a", has_text="Call").first.click()
    expect(page.locator("#now")).to_be_visible()
    first = _on(page)
    page.keyboard.press("j")
    expect(page.locator("#now .name").first).not_to_have_text(first)
    page.keyboard.press("k")
    expect(page.locator("#now .name").first).to_have_text(first)
    page.keyboard.press("1")
    page.keyboard.press("d")
    page.keyboard.press("d")
    expect(page.locator("#next_day-1")).to_be_checked()
    page.keyboard.press("Enter")
    done = page.locator(".b-row.done", has_text=first)
    expect(done).to_contain_text(re.compile("Continue", re.IGNORECASE))
    page.keyboard.press("u")
    expect(page.locator(".said")).to_contain_text("taken back")
    expect(page.locator("#now .name").first).to_have_text(first)


def test_a_tick_that_someone_is_here_keeps_what_is_chosen(contexts: Any, own: Live) -> None:
    page = _open(contexts, own, DESKTOP, scripts=True)
    page.locator(".b-row a", has_text="Call").first.click()
    expect(page.locator("#now")).to_be_visible()
    page.keyboard.press("2")
    expect(page.locator("#result-1")).to_be_checked()
    page.keyboard.press("d")
    page.keyboard.press("h")
    expect(page.locator("#now .herebox")).to_have_attribute("aria-pressed", "true")
    expect(page.locator("#bench-chips")).to_contain_text("Here 1")
    page.locator(".b-row:not(#now) .herebox").last.click()
    expect(page.locator("#bench-chips")).to_contain_text("Here 2")
    expect(page.locator("#result-1")).to_be_checked()
    expect(page.locator("#next_day-0")).to_be_checked()


def test_on_a_phone_the_row_on_now_is_recorded_from_the_dock(contexts: Any, own: Live) -> None:
    page = _open(contexts, own, PHONE, scripts=False)
    page.goto(re.sub(r"(\?.*)?$", "", page.url) + _first_call(page))
    page.locator("#now label.out", has_text="Not here").click()
    page.get_by_role("button", name=re.compile("Record")).locator("visible=true").click()
    expect(page.locator(".bench-bar")).to_contain_text("1 of")


def _first_call(page: Page) -> str:
    address = page.locator(".b-row a", has_text="Call").first.get_attribute("href")
    assert address is not None
    return "?" + address.partition("?")[2]
