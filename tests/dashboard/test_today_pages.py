"""Today says what waits, for whom, and says so alone where it cannot."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from diversion.core.database import db, transaction
from diversion.core.words import _
from diversion.dashboard import menu
from diversion.dashboard.today.greeting import greeting
from diversion.staff.models import Staff
from diversion.staff.permissions import GRANTS, Permission, Role
from diversion.web import today
from diversion.web.today import Block, BlockSource, Row
from tests.factories.staff import make_staff, sign_in


@pytest.fixture(autouse=True)
def _offered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(today, "offered", [])


def _enter(app: Flask, client: FlaskClient, *roles: Role) -> None:
    with app.app_context(), transaction():
        person = make_staff(*roles)
    sign_in(client, person)


def _source(place: int, ask: Any, *, first: bool = False) -> BlockSource:
    return BlockSource(_("Source {place}", place=place), place, ask, first=first)


def test_nothing_waits_is_said(app: Flask, client: FlaskClient) -> None:
    _enter(app, client, Role.FINANCE_CLERK)
    assert "Rosa. Nothing waits for you." in client.get("/").text


def test_blocks_come_in_their_order_and_five_at_most(app: Flask, client: FlaskClient) -> None:
    for place in (7, 3, 5, 1, 6, 4, 2):
        today.offer(_source(place, lambda staff, n=place: Block(_("Block {n}", n=n), n, "/help")))
    _enter(app, client, Role.FINANCE_CLERK)
    page = client.get("/").text
    assert [n for n in range(1, 8) if f"Block {n}" in page] == [1, 2, 3, 4, 5]
    assert page.index("Block 1") < page.index("Block 2") < page.index("Block 5")
    assert "5 things wait for you." in page


def test_what_is_not_theirs_is_not_there(app: Flask, client: FlaskClient) -> None:
    def money(staff: Staff) -> Block | None:
        return Block("Undeposited", 2) if staff.may(Permission.RECEIPT_TAKE) else None

    today.offer(_source(1, money))
    _enter(app, client, Role.INSTRUCTOR)
    assert "Undeposited" not in client.get("/").text


def test_a_block_with_nothing_in_it_is_left_out(app: Flask, client: FlaskClient) -> None:
    today.offer(_source(1, lambda staff: Block("Empty", 0, "/help")))
    _enter(app, client, Role.FINANCE_CLERK)
    page = client.get("/").text
    assert "Empty" not in page
    assert "Nothing waits for you." in page


def test_the_first_block_is_the_one_next_thing(app: Flask, client: FlaskClient) -> None:
    row = Row("2 excused ahead", tag=_("soon"))
    block = Block("9:00 AM", None, "/help/keys", rows=(row,), button=_("Start roll call"))
    today.offer(_source(1, lambda staff: block, first=True))
    _enter(app, client, Role.INSTRUCTOR)
    page = client.get("/").text
    assert '<section class="next" aria-labelledby="b1">' in page
    assert "Start roll call" in page
    assert "One thing waits for you." in page


def test_a_failing_block_says_so_alone(app: Flask, client: FlaskClient) -> None:
    def fails(staff: Staff) -> Block:
        db.session.connection().exec_driver_sql("SELECT nothing FROM nowhere")
        raise AssertionError

    today.offer(_source(1, fails))
    today.offer(_source(2, lambda staff: Block("Sound", 3, "/help", rows=(Row("Line"),))))
    _enter(app, client, Role.FINANCE_CLERK)
    answer = client.get("/")
    assert answer.status_code == 200
    assert "Source 1" in answer.text
    assert answer.text.count("This cannot be shown at the moment") == 1
    assert "Sound" in answer.text


@pytest.mark.parametrize(
    ("hour", "waiting", "said"),
    [
        (0, 0, "Good morning, Ben. Nothing waits for you."),
        (11, 1, "Good morning, Ben. One thing waits for you."),
        (12, 2, "Good afternoon, Ben. 2 things wait for you."),
        (18, 5, "Good evening, Ben. 5 things wait for you."),
    ],
)
def test_a_greeting_goes_by_the_hour(hour: int, waiting: int, said: str) -> None:
    assert str(greeting(hour, "Ben", waiting)) == said


@pytest.mark.parametrize("role", list(Role))
def test_the_bar_shows_what_opens_and_nothing_else(
    app: Flask, client: FlaskClient, role: Role
) -> None:
    _enter(app, client, role)
    page = client.get("/").text
    for entry in (*menu.ENTRIES, *menu.ACCOUNT):
        if entry.endpoint not in app.view_functions or entry.post:
            continue
        with app.test_request_context():
            link = f'href="{app.url_for(entry.endpoint)}"'
        opens = not entry.permissions or set(entry.permissions) & GRANTS[role]
        if role is not Role.DEPUTY_DA:
            assert (link in page) is bool(opens), entry.endpoint
        if link in page:
            assert client.get(link[6:-1]).status_code == 200, entry.endpoint


def test_every_entry_of_the_bar_leads_to_a_page(app: Flask) -> None:
    entries = (*menu.ENTRIES, *menu.ACCOUNT, *menu.FINDERS)
    assert [e.endpoint for e in entries if e.endpoint not in app.view_functions] == []


@pytest.mark.parametrize(
    ("name", "short"), [("Rosa Delgado", "Rosa D."), ("Rosa", "Rosa"), ("Ana de la Cruz", "Ana d.")]
)
def test_a_name_in_the_bar_is_short(name: str, short: str) -> None:
    assert menu.short_name(name) == short
