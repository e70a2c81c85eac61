"""In a basement without network no mark is lost, and nobody else finds it on the device."""

import re
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select, update

from diversion.core import clock
from diversion.core.database import db, transaction
from diversion.sbad.attendance import passes
from diversion.sbad.attendance.models import AttendanceMark
from diversion.staff import sessions
from diversion.staff.sessions import Ended, SignInSession
from tests.browser.axe import overflows, violations
from tests.browser.conftest import NARROW, PHONE, Live
from tests.browser.county import enter

STORED = """() => new Promise((done) => {
  const asked = indexedDB.open("roll");
  asked.onsuccess = () => {
    const all = asked.result.transaction("marks").objectStore("marks").getAll();
    all.onsuccess = () => { asked.result.close(); done(all.result); };
  };
})"""
ALL_KEPT = """async () => {
  const rolls = [location, ...document.querySelectorAll(".chip")];
  return (await Promise.all(rolls.map((roll) => caches.match(roll)))).every(Boolean);
}"""
FULL = """() => {
  const put = IDBObjectStore.prototype.put;
  IDBObjectStore.prototype.put = function (row) {
    if (row.value === "absent") throw new Error("full");
    return put.call(this, row);
  };
}"""
KEPT = "() => caches.match(location.pathname).then((page) => page ? page.text() : '')"


def until(true: Callable[[], object]) -> None:
    """Wait until something holds; the strict policy of a page forbids to wait in it."""
    for _try in range(100):
        if true():
            return
        time.sleep(0.1)
    raise AssertionError("it never came true")


def open_roll(page: Page, own: Live, part: str = "instructor") -> Any:
    """Open the roll of today and return the rows with buttons."""
    enter(page, own, part)
    page.goto(own.address)
    page.locator("a[href^='/roll/']").first.click()
    expect(page.locator("h1")).to_have_text("Roll call")
    until(lambda: page.evaluate(ALL_KEPT))
    return page.locator(".roll-row", has=page.locator("label.seg"))


def tap(rows: Any, row: int, word: str) -> None:
    rows.nth(row).locator("label.seg", has_text=word).click()


def chosen(rows: Any, row: int, word: str) -> None:
    expect(rows.nth(row).locator("label.seg", has_text=word).locator("input")).to_be_checked()


def says(page: Page, words: str) -> None:
    """Let the time pass in which the page tries again, until its chip says so."""
    chip = page.locator("[data-sync]")
    for _try in range(100):
        if words in chip.inner_text():
            return
        page.clock.run_for(16_000)
        time.sleep(0.1)
    expect(chip).to_contain_text(words, timeout=1)


def stored(page: Page) -> list[dict[str, Any]]:
    return [each for each in page.evaluate(STORED) if each.get("value")]


def marks(own: Live) -> list[AttendanceMark]:
    with own.app.app_context():
        return list(db.session.scalars(select(AttendanceMark).where(AttendanceMark.device != "")))


def test_marks_outlive_reloads_and_a_server_that_is_away_le_03(contexts: Any, own: Live) -> None:
    page = contexts(viewport=PHONE)
    page.clock.install(time=clock.now())
    rows = open_roll(page, own)
    people, before = rows.count(), len(marks(own))
    kept = page.evaluate(KEPT)
    for word in ("csrf_token", "Imogen", "Interpreter", 'lang="es"', "Cleared", "htmx", "26-"):
        assert word not in kept.replace(page.url.rpartition("/")[2], ""), word
    assert "max-age" not in page.request.get(page.url).headers["cache-control"]
    tap(rows, 0, "Late")
    says(page, "Saved")
    own.server.stop()
    tap(rows, 1, "Absent")
    tap(rows, 1, "Late")
    page.get_by_role("button", name="Mark the rest Here").click()
    open_sheet(page, rows, 2, "Left early")
    page.get_by_label("Minutes late, or left early").fill("45")
    page.locator("#sheet").get_by_role("button", name="Save").click()
    expect(rows.nth(2).locator("[data-note]")).to_have_text("Left early")
    open_sheet(page, rows, 2, "Left early")
    expect(page.get_by_label("Minutes late, or left early")).to_have_value("45")
    assert violations(page) == []
    page.get_by_role("button", name="Close").click()
    open_sheet(page, rows, 3, "Left the class")
    page.get_by_role("button", name="Close").click()
    says(page, f"{people + 1} waiting to send – safe on this device")
    page.reload()
    expect(page.locator(".tally")).to_contain_text(f"{people - 3} here")
    expect(rows.nth(2).locator("[data-note]")).to_have_text("Left early")
    assert page.locator("[name=csrf_token]").count() == 0
    chosen(rows, 0, "Late")
    chosen(rows, 1, "Late")
    says(page, f"{people + 1} waiting to send")
    tapped_at = max(each["at"] for each in stored(page))
    own.server.start()
    says(page, "Saved")
    made = marks(own)[before:]
    assert len(made) == len({each.op for each in made}) == people + 2
    assert [each.minutes for each in made if each.minutes] == [45]
    assert max(each.marked_at for each in made).isoformat()[:19] == tapped_at[:19]
    assert all(each["sent"] for each in stored(page))
    page.get_by_role("button", name="Finish class").click()  # the kept page is fetched anew
    until(lambda: page.locator("[name=csrf_token]").count() > 0)
    chosen(rows, 1, "Late")
    page.clock.fast_forward(13 * 3600_000)
    page.reload()
    until(lambda: stored(page) == [])
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]


def test_whoever_loses_the_network_on_the_first_visit_still_takes_the_roll(
    contexts: Any, own: Live
) -> None:
    page = contexts(viewport=PHONE)
    rows = open_roll(page, own)
    page.context.new_cdp_session(page).send("Network.clearBrowserCache")  # as phones do
    page.context.set_offline(True)
    tap(rows, 0, "Absent")
    expect(page.locator("[data-sync]")).to_contain_text("1 waiting to send")
    page.reload()
    expect(page.locator("[data-sync]")).to_contain_text("1 waiting to send")
    chosen(rows, 0, "Absent")
    assert page.locator(".seg").first.evaluate("(seg) => getComputedStyle(seg).display") == "block"
    tap(rows, 1, "Late")
    expect(page.locator("[data-sync]")).to_contain_text("2 waiting to send")
    page.context.set_offline(False)
    expect(page.locator("[data-sync]")).to_contain_text("Saved")
    assert [each.value.value for each in marks(own)[-2:]] == ["absent", "late"]


def test_marks_wait_for_their_own_person_and_two_devices_see_each_other_se_03(
    contexts: Any, own: Live, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = contexts(viewport=PHONE)
    page.clock.install(time=clock.now())
    rows = open_roll(page, own)
    idle(own)
    tap(rows, 0, "Late")
    says(page, "Saved")  # the pass is enough until half an hour after the class
    monkeypatch.setattr(passes, "AFTER_CLASS", timedelta(days=-9))
    tap(rows, 1, "Absent")
    says(page, "1 waiting to send – safe on this device")
    expect(page.locator("[data-banner]")).to_have_text("Sign in to send 1 mark")
    roll = page.url
    enter(page, own, "classes")  # someone else takes the phone
    page.goto(roll)
    chosen(rows, 0, "Late")
    expect(rows.nth(1).locator("input:checked")).to_have_count(0)
    tap(rows, 0, "Here")
    says(page, "Saved")
    sign_out(page)
    expect(page.locator("h1")).to_have_text("Sign in")
    assert [each["value"] for each in stored(page)] == ["absent"]
    assert page.evaluate("caches.keys()") == []
    enter(page, own, "instructor")
    page.goto(roll)
    says(page, "Saved")
    chosen(rows, 0, "Here")
    chosen(rows, 1, "Absent")

    other = contexts(viewport=PHONE)
    theirs = open_roll(other, own, "instructor")
    enter(other, own, "classes")
    other.goto(roll)
    page.route("**/marks", lambda route: route.abort())
    tap(rows, 2, "Absent")
    tap(theirs, 2, "Late")
    expect(other.locator("[data-sync]")).to_contain_text("Saved")
    says(page, "1 waiting to send")
    sign_out(page)
    expect(page.locator("dialog[open]")).to_contain_text("Marks not sent yet: 1.")
    page.get_by_role("button", name="Stay signed in").click()
    page.unroute("**/marks")
    says(page, "Saved")
    expect(rows.nth(2)).to_contain_text(re.compile(r"changed this to Late at \d+:\d\d"))
    page.set_viewport_size(NARROW)
    assert violations(page) == []
    assert not overflows(page)
    rows.nth(2).get_by_role("button", name="Keep theirs").click()
    chosen(rows, 2, "Late")
    says(page, "Saved")
    expect(rows.nth(2).locator("[data-differs]")).to_have_count(0)
    values = [each.value.value for each in marks(own)[-3:]]
    assert sorted(values) == ["absent", "late", "late"]
    sign_out(page)
    expect(page.locator("h1")).to_have_text("Sign in")
    assert page.evaluate(STORED) == []


def test_the_roll_of_a_module_is_taken_without_network_and_sent_from_that_of_the_day(
    contexts: Any, own: Live
) -> None:
    page = contexts(viewport=PHONE)
    page.clock.install(time=clock.now())
    rows = open_roll(page, own)
    day, before = page.url, len(marks(own))
    own.server.stop()
    page.get_by_text("Whole day, or by module").click()
    page.locator(".chip").nth(2).click()
    expect(page.locator("h1")).to_contain_text("Roll call: ")
    people = rows.count()
    tap(rows, 0, "Absent")
    page.get_by_role("button", name="Mark the rest Here").click()
    page.goto(day)  # at once: what was tapped is not taken back
    expect(rows.nth(0).locator("input:checked")).to_have_count(0)
    says(page, f"{people} waiting to send – safe on this device")
    assert violations(page) == []
    own.server.start()
    says(page, "Saved")
    made = marks(own)[before:]
    assert len(made) == people
    assert {each.module for each in made} == {2}
    page.reload()
    expect(page.get_by_text("1 of 4 modules")).to_have_count(people)
    expect(page.locator("[data-all]")).to_be_hidden()


def test_a_full_device_does_not_call_marks_safe_and_one_to_be_forgotten_forgets(
    contexts: Any, own: Live
) -> None:
    page = contexts(viewport=PHONE)
    page.clock.install(time=clock.now())
    rows = open_roll(page, own)
    tap(rows, 0, "Late")
    says(page, "Saved")
    assert len(stored(page)) == 1
    page.evaluate(FULL)
    page.route("**/marks", lambda route: route.abort())
    tap(rows, 1, "Absent")
    tap(rows, 2, "Late")
    says(page, "2 waiting to send")
    until(lambda: len(stored(page)) == 2)
    with page.expect_event("requestfailed"):
        page.clock.run_for(16_000)
    expect(page.locator("[data-sync]")).not_to_contain_text("safe")
    page.unroute("**/marks")
    says(page, "Saved")
    with own.app.app_context(), transaction():
        for row in db.session.scalars(select(SignInSession)):
            sessions.end(row, Ended.FORGOTTEN, now=clock.now())
    page.clock.run_for(16_000)
    expect(page.locator("h1")).to_have_text("Sign in")
    assert page.evaluate(STORED) == []
    assert page.evaluate("caches.keys()") == []


def open_sheet(page: Page, rows: Any, row: int, word: str) -> None:
    """Open what a name opens and choose a mark there."""
    rows.nth(row).locator("a.name").click()
    page.locator("#sheet").get_by_text(word, exact=True).click()


def sign_out(page: Page) -> None:
    page.locator(".menu summary").click()
    page.locator(".menu form[data-leave] button").click()


def idle(own: Live) -> None:
    """Let every sign-in expire by not being used."""
    with own.app.app_context(), transaction():
        long_ago = clock.now() - timedelta(minutes=40)
        db.session.execute(update(SignInSession).values(active_at=long_ago))
