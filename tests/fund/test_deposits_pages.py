"""Prove what the pages of deposits do and refuse."""

import re
from collections.abc import Generator
from contextlib import contextmanager

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event

from diversion.core.database import db, transaction
from diversion.ledger.commands import Mode
from diversion.staff.permissions import Role
from tests.factories import fund
from tests.factories.staff import make_staff, sign_in

OP = "op-of-a-form-that-was-opened"


@contextmanager
def statements(app: Flask) -> Generator[list[str]]:
    """Collect what is asked of the database meanwhile."""
    seen: list[str] = []

    def note(_c: object, _cursor: object, statement: str, *_more: object) -> None:
        seen.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", note)


def checks(app: Flask, number: int) -> list[str]:
    with app.app_context(), transaction():
        taken = [
            fund.take(50, by=900, mode=Mode.CHECK, reference=str(1000 + n)) for n in range(number)
        ]
    return [str(posted.receipt_number) for posted in taken]


def approver(app: Flask, client: FlaskClient, *more: Role) -> None:
    with app.app_context(), transaction():
        staff = make_staff(Role.FINANCE_APPROVER, *more, name="Helen Park")
    sign_in(client, staff)


def test_a_double_click_makes_one_deposit(app: Flask, client: FlaskClient) -> None:
    numbers = checks(app, 3)
    approver(app, client)
    form = {"op": OP, "receipts": numbers}
    first = client.post("/fund/deposits/new", data=form)
    second = client.post("/fund/deposits/new", data=form)
    assert first.status_code == second.status_code == 303
    assert first.location == second.location == "/fund/deposits/D-2026-0001"
    assert "D-2026-0002" not in client.get("/fund/deposits").text


def test_the_slip_says_what_is_in_the_bag(app: Flask, client: FlaskClient) -> None:
    numbers = checks(app, 2)
    approver(app, client)
    client.post("/fund/deposits/new", data={"op": OP, "receipts": numbers})
    page = client.get("/fund/deposits/D-2026-0001").text
    assert all(number in page for number in numbers)
    assert "Checks, 2" in page
    assert "In transit" in page
    assert client.get("/fund/deposits/D-2026-0002").status_code == 404


def test_cash_that_differs_keeps_what_was_ticked_and_counted(
    app: Flask, client: FlaskClient
) -> None:
    with app.app_context(), transaction():
        number = fund.take(50, by=900).receipt_number
    approver(app, client)
    form = {"op": OP, "receipts": [number], "twenties": "2", "coins": "5.00"}
    answer = client.post("/fund/deposits/new", data=form)
    assert answer.status_code == 409
    assert "The cash is $5.00 short. Count again." in answer.text
    assert 'name="twenties"' in answer.text
    assert 'value="2"' in answer.text
    form |= {"coins": "10"}
    assert client.post("/fund/deposits/new", data=form).status_code == 303


@pytest.mark.parametrize("typed", ["-1", "1.5", "x", "9999999999", "²"])
def test_a_count_is_a_whole_number(app: Flask, client: FlaskClient, typed: str) -> None:
    approver(app, client)
    form = {"op": OP, "receipts": checks(app, 1), "tens": typed}
    assert client.post("/fund/deposits/new", data=form).status_code == 422


def test_own_receipts_can_not_be_ticked(app: Flask, client: FlaskClient) -> None:
    with app.app_context(), transaction():
        both = make_staff(Role.FINANCE_APPROVER, Role.FINANCE_CLERK)
        own = fund.take(50, by=both.id, mode=Mode.CHECK, reference="1").receipt_number
    sign_in(client, both)
    page = client.get("/fund/deposits/new").text
    assert re.search(rf'value="{own}" disabled', page)
    answer = client.post("/fund/deposits/new", data={"op": OP, "receipts": [own]})
    assert answer.status_code == 409
    assert f"You took {own} yourself." in answer.text


def test_a_clerk_sees_the_drawer_and_deposits_nothing(app: Flask, client: FlaskClient) -> None:
    number = checks(app, 1)[0]
    with app.app_context(), transaction():
        clerk = make_staff(Role.FINANCE_CLERK)
    sign_in(client, clerk)
    page = client.get("/fund/deposits/new").text
    assert number in page
    assert "Close deposit" not in page
    answer = client.post("/fund/deposits/new", data={"op": OP, "receipts": [number]})
    assert answer.status_code == 404


@pytest.mark.parametrize("role", [r for r in Role if not r.startswith(("finance", "auditor"))])
def test_nobody_else_sees_the_account(app: Flask, client: FlaskClient, role: Role) -> None:
    with app.app_context(), transaction():
        staff = make_staff(role)
    sign_in(client, staff)
    for path in ("/fund/ledger", "/fund/entries/1", "/fund/deposits", "/fund/deposits/new"):
        assert client.get(path).status_code == 404


@pytest.mark.parametrize("path", ["/fund/deposits", "/fund/deposits/new", "/fund/ledger"])
def test_the_statements_of_a_page_do_not_grow(app: Flask, client: FlaskClient, path: str) -> None:
    approver(app, client)
    counts = []
    for place, many in enumerate((4, 40)):
        numbers = checks(app, many)
        for n, number in enumerate(numbers[: many // 2]):
            form = {"op": f"{OP}-{place}-{n}", "receipts": [number]}
            assert client.post("/fund/deposits/new", data=form).status_code == 303
        client.get(path)
        with statements(app) as seen:
            assert client.get(path).status_code == 200
        counts.append(len(seen))
    assert counts[0] == counts[1]
