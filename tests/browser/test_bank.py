"""Finance deposits twenty items, and the treasurer's statement is matched, on desk and phone."""

import re
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from diversion.cli.rehearsal import cast
from diversion.core import clock
from diversion.core.database import db, transaction
from diversion.fund.deposits import confirming
from diversion.fund.deposits import queries as deposits
from diversion.ledger.commands import Mode
from diversion.staff.models import Staff
from tests.browser.axe import overflows, violations
from tests.browser.conftest import DESKTOP, PHONE, Live
from tests.browser.county import enter
from tests.factories import fund

TALL = {**DESKTOP, "height": 2400}  # no row lies half under the dock
WAYS = pytest.mark.parametrize(
    ("size", "scripts"), [(DESKTOP, True), (PHONE, False)], ids=["desk", "phone-no-scripts"]
)


def sound(page: Page, scripts: bool) -> None:
    """Look at a page with axe, where scripts run, and at its width."""
    if scripts:
        page.set_viewport_size(TALL)
        assert violations(page) == []
        assert not overflows(page)


def twenty_items(own: Live) -> None:
    """Let the clerk take ten bills of $20 and ten checks."""
    with own.app.app_context(), transaction():
        email = cast.PARTS["clerk"].email
        clerk = db.session.scalars(select(Staff).where(Staff.email == email)).one()
        today = clock.today(own.app.config["COURT_ZONE"])
        for n in range(10):
            fund.take(20, by=clerk.id, on=today)
            fund.take(30, by=clerk.id, mode=Mode.CHECK, reference=str(5000 + n), on=today)


@WAYS
def test_twenty_items_go_to_the_bank(contexts: Any, own: Live, size: Any, scripts: bool) -> None:
    twenty_items(own)
    page = contexts(viewport=size, java_script_enabled=scripts)
    enter(page, own, "approver")
    page.goto(f"{own.address}/fund/deposits/new")
    assert page.locator("input[name=receipts]:checked").count() >= 20
    expect(page.locator("main")).to_contain_text("after the count")
    sound(page, scripts)
    page.locator("input[name=twenties]").fill("9")
    page.get_by_role("button", name="Close deposit").click()
    expect(page.locator("main")).to_contain_text("short. Count again, or say why.")
    expect(page.locator("select[name=reason]")).to_be_visible()
    sound(page, scripts)
    short = page.locator(".sumup dd").last.inner_text()
    missing = re.sub(r"\D", "", short.partition(".")[0])
    page.locator("input[name=ones]").fill(missing)
    page.get_by_role("button", name="Close deposit").click()
    expect(page.locator("h1")).to_have_text(re.compile(r"Deposit D-\d{4}-\d{4}"))
    sound(page, scripts)


def statement(own: Live) -> bytes:
    """Write the treasurer's statement over the deposits on their way that nobody doubts."""
    with own.app.app_context():
        doubted = confirming.all_waiting()
        rows = [each for each in deposits.on_their_way() if each[0].id not in doubted]
        days = [made.deposited_on + timedelta(days=1) for made, _amount in rows]
        lines = [
            f"{on:%m/%d/%Y},DEPOSIT,,{amount.plain()}"
            for on, (_made, amount) in zip(days, rows, strict=True)
        ]
    assert lines
    return "\n".join(["Date,Description,Debit,Credit", *lines,
                      f"{days[-1]:%m/%d/%Y},SERVICE CHARGE,12.00,"]).encode()  # fmt: skip


@WAYS
def test_a_statement_is_brought_and_matched(
    contexts: Any, own: Live, size: Any, scripts: bool
) -> None:
    content = statement(own)
    page = contexts(viewport=size, java_script_enabled=scripts)
    enter(page, own, "accountant")
    page.goto(f"{own.address}/fund/bank")
    sound(page, scripts)
    page.get_by_role("link", name="Bring a statement").click()
    page.get_by_label("Statement").set_input_files(
        {"name": "november.csv", "mimeType": "text/csv", "buffer": content}
    )
    page.get_by_role("button", name="Check the file").click()
    expect(page.locator("main")).to_contain_text("nothing is saved yet")
    sound(page, scripts)
    page.get_by_role("button", name="Keep the statement").click()
    expect(page.locator("h1")).to_contain_text("Statement")
    sound(page, scripts)
    lines = page.locator("tbody tr").count()
    page.get_by_role("button", name="Confirm the ticked lines").click()
    expect(page.locator("main .tag", has_text="Matched")).to_have_count(lines)
    page.locator("tbody th a").first.click()
    expect(page.locator("main")).to_contain_text("Take the match back")
    sound(page, scripts)
