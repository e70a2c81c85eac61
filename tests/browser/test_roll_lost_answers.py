"""A phone whose answers get lost loses and doubles no mark."""

import re
from typing import Any

from playwright.sync_api import Route, expect
from sqlalchemy import func, select

from diversion.core.database import db
from diversion.sbad.attendance.models import AttendanceMark
from tests.browser.conftest import PHONE, Live
from tests.browser.county import enter

LONGEST_PAUSE_MS = 15_000  # before what was not answered is sent again


def test_lost_answers_lose_and_double_no_mark_le_03(contexts: Any, own: Live) -> None:
    # Once the worker of the roll is there, it sends for the page, and nothing could be lost here.
    page = contexts(provoked=True, viewport=PHONE, service_workers="block")
    enter(page, own, "instructor")
    page.clock.install()
    page.goto(own.address)
    page.get_by_role("link", name=re.compile("Start roll call")).click()
    expect(page.locator("h1")).to_have_text("Roll call")
    losing, lost = iter(range(3)), list[int]()

    def lose(route: Route) -> None:
        """Let the first three requests arrive and their answers not."""
        if next(losing, None) is not None:  # said at once: another may come meanwhile
            lost.append(route.fetch().status)
            route.abort()
        else:
            route.continue_()

    page.route("**/marks", lose)
    before = marks(own)
    people = page.locator(".roll-row", has=page.locator("label.seg"))
    row = people.nth
    row(0).locator("label.seg", has_text="Late").click()
    row(1).locator("label.seg", has_text="Absent").click()
    expect(page.locator("[data-sync]")).to_contain_text("waiting to send")
    page.get_by_role("button", name="Mark the rest Here").click()
    while len(lost) < 3:
        page.clock.run_for(LONGEST_PAUSE_MS)
    page.clock.run_for(LONGEST_PAUSE_MS)
    expect(page.locator("[data-sync]")).to_contain_text("Saved")
    assert lost == [200, 200, 200]
    assert marks(own) - before == people.count()
    page.reload()
    expect(row(0).locator("label.seg", has_text="Late").locator("input")).to_be_checked()
    expect(page.locator(".tally")).to_contain_text(f"{people.count() - 2} here")


def marks(own: Live) -> int:
    with own.app.app_context():
        return db.session.scalar(select(func.count()).select_from(AttendanceMark)) or 0
