"""A hostile name stays a name on every page that shows it."""

from typing import Any

from playwright.sync_api import expect

from diversion.core.database import transaction
from diversion.core.tracks import Track
from tests.browser.conftest import DESKTOP, Live
from tests.browser.county import enter
from tests.factories.participants import make_participant

HOSTILE = "<img src=x onerror=alert(1)>"


def test_a_hostile_name_stays_a_name_wb_04(contexts: Any, live: Live) -> None:
    """The page is watched: a dialog, a violation or a failed script would fail the test."""
    with live.app.app_context(), transaction():
        made = make_participant(
            Track.COMMUNITY_COURT, first=HOSTILE, last='"><svg onload=alert(2)>'
        )
        number = made.number
    page = contexts(viewport=DESKTOP)
    enter(page, live, "court")
    page.goto(f"{live.address}/court/participants/{number}")
    expect(page.locator("h1")).to_contain_text(HOSTILE)
    page.goto(f"{live.address}/court/participants")
    page.locator("#q").fill("onerror")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text(HOSTILE)
    assert page.locator("main img, main svg[onload]").count() == 0
