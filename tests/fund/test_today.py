"""Prove that each count on Today is that of the rows behind its link."""

import re
from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient

from diversion.core.database import transaction
from diversion.fund.deposits import queries as deposits
from diversion.ledger.commands import Mode
from diversion.staff.permissions import Role
from tests.factories import fund
from tests.factories.staff import make_staff, sign_in
from tests.fund.month import bank, live


def blocks(page: str) -> dict[str, tuple[int, str]]:
    """Return count and link of each block of a page, by a word of its title."""
    found = {}
    for part in re.split(r"<section ", page)[1:]:
        count = re.search(r'class="count[^"]*">(\d+)<', part)
        links = re.findall(r'href="([^"]+)"', part)
        link = next((x for x in links if x.startswith("/fund/") and "D-2026" not in x), "")
        title = re.search(r"<h2[^>]*>(.*?)</h2>", part, re.S)
        if count and title:
            words = re.sub(r"<[^>]+>", " ", title[1])
            found[words.strip()] = (int(count[1]), link.replace("&amp;", "&"))
    return found


def test_each_count_is_that_of_the_rows_behind_its_link(app: Flask, client: FlaskClient) -> None:
    with app.app_context(), transaction():
        approver = live(days=6)
        bank(approver, date(2026, 11, 18))
        for number in range(3):
            fund.take(60, by=9_000_900, mode=Mode.CHECK, reference=str(number))
    sign_in(client, approver)
    found = blocks(client.get("/").text)
    drawer = next(v for k, v in found.items() if "in the drawer" in k)
    transit = next(v for k, v in found.items() if "in transit" in k)
    month = next(v for k, v in found.items() if "Receipts since" in k)
    assert drawer[0] == client.get(drawer[1]).text.count('name="receipts"') == 3
    assert transit[0] == client.get(transit[1]).text.count(">D-2026-") == 2
    assert f"of {month[0]}<" in client.get(month[1]).text
    assert month[0] == 6 + 2 + 1 + 3


def test_nothing_waits_where_there_is_no_money(app: Flask, client: FlaskClient) -> None:
    with app.app_context(), transaction():
        approver = make_staff(Role.FINANCE_APPROVER)
    sign_in(client, approver)
    assert not any(link for _count, link in blocks(client.get("/").text).values())


def test_a_clerk_is_led_to_the_drawer_and_an_instructor_to_nothing(
    app: Flask, client: FlaskClient
) -> None:
    with app.app_context(), transaction():
        fund.take(60, by=9_000_900)
        clerk, teacher = make_staff(Role.FINANCE_CLERK), make_staff(Role.INSTRUCTOR)
    sign_in(client, clerk)
    page = client.get("/").text
    assert "See the drawer" in page
    assert "Make the deposit" not in page
    sign_in(client, teacher)
    assert "in the drawer" not in client.get("/").text


@pytest.mark.usefixtures("session")
def test_money_older_than_a_day_of_the_court_is_late() -> None:
    assert deposits.due_from(date(2026, 11, 23)) == date(2026, 11, 20)
    assert deposits.due_from(date(2026, 11, 27)) == date(2026, 11, 25)
