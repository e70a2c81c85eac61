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
from diversion.staff.models import Staff
from diversion.staff.permissions import Role
from tests.factories import fund
from tests.factories.staff import make_staff, sign_in

PAGES = ("/fund/deposits", "/fund/deposits/new", "/fund/ledger")
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
            fund.take(50, by=9_000_900, mode=Mode.CHECK, reference=str(1000 + n))
            for n in range(number)
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
    slower = client.post("/fund/deposits/new", data={**form, "op": "s" * 24})
    assert (slower.status_code, "is no longer in the drawer" in slower.text) == (409, True)


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
        number = fund.take(50, by=9_000_900).receipt_number
    approver(app, client)
    form = {"op": OP, "receipts": [number], "twenties": "2", "coins": "5.00"}
    answer = client.post("/fund/deposits/new", data=form)
    assert answer.status_code == 409
    assert "The cash is $5.00 short. Count again, or say why." in answer.text
    assert 'name="twenties"' in answer.text
    assert 'value="2"' in answer.text
    form |= {"coins": "10"}
    assert client.post("/fund/deposits/new", data=form).status_code == 303


@pytest.mark.parametrize("typed", ["-1", "1.5", "x", "0" * 9 + "9" * 20, "²"])
def test_a_count_is_a_whole_number(app: Flask, client: FlaskClient, typed: str) -> None:
    approver(app, client)
    form = {"op": OP, "receipts": checks(app, 1), "tens": typed}
    assert client.post("/fund/deposits/new", data=form).status_code == 422


@pytest.mark.parametrize("typed", ["-5", "999,999,999", "1.005"])
def test_coins_are_nothing_or_more(app: Flask, client: FlaskClient, typed: str) -> None:
    approver(app, client)
    form = {"op": OP, "receipts": checks(app, 1), "tens": "1", "coins": typed, "reason": "torn"}
    assert client.post("/fund/deposits/new", data=form).status_code == 422


@pytest.mark.parametrize("typed", ["0", "-50"])
def test_the_bank_took_something(app: Flask, client: FlaskClient, typed: str) -> None:
    approver(app, client)
    client.post("/fund/deposits/new", data={"op": OP, "receipts": checks(app, 1)})
    with app.app_context(), transaction():
        other = make_staff(Role.FINANCE_APPROVER, name="Omar Reyes")
    sign_in(client, other)
    said = {"taken_on": "11/21/2026", "amount": typed, "reason": "bank_error"}
    assert client.post("/fund/deposits/D-2026-0001/confirm", data=said).status_code == 422


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


def test_nobody_else_sees_the_account(app: Flask) -> None:
    paths = ("/fund/ledger", "/fund/entries/1", "/fund/deposits", "/fund/deposits/new")
    for role in Role:
        if role.startswith(("finance", "auditor")):
            continue
        with app.app_context(), transaction():
            staff = make_staff(role)
        client = app.test_client()
        sign_in(client, staff)
        assert [client.get(path).status_code for path in paths] == [404] * len(paths), role


def test_the_statements_of_a_page_do_not_grow(app: Flask, client: FlaskClient) -> None:
    approver(app, client)
    counts = []
    for place, many in enumerate((4, 24)):
        numbers = checks(app, many)
        for n, number in enumerate(numbers[: many // 2]):
            form = {"op": f"{OP}-{place}-{n}", "receipts": [number]}
            assert client.post("/fund/deposits/new", data=form).status_code == 303
        counts.append({path: asked(app, client, path) for path in PAGES})
    assert counts[0] == counts[1]


def asked(app: Flask, client: FlaskClient, path: str) -> int:
    """Return how many statements a page needs once it has been shown before."""
    client.get(path)
    with statements(app) as seen:
        assert client.get(path).status_code == 200
    return len(seen)


def staff_of(app: Flask, name: str) -> Staff:
    with app.app_context(), transaction():
        made = make_staff(Role.FINANCE_APPROVER, name=name)
        db.session.expunge(made)
    return made


def sign(client: FlaskClient, path: str, decision: str = "approved") -> str:
    page = client.get(path).text
    seen = page.partition('name="seen"')[2].partition('value="')[2].partition('"')[0]
    answer = client.post(path, data={"seen": seen, "decision": decision})
    assert answer.status_code == 303
    return str(answer.location)


def test_the_cash_is_counted_blind(app: Flask, client: FlaskClient) -> None:
    with app.app_context(), transaction():
        number = fund.take(437, by=9_000_900).receipt_number
    approver(app, client)
    page = client.get("/fund/deposits/new").text
    assert str(number) in page
    assert "after the count" in page
    assert "437.00" not in page
    answer = client.post("/fund/deposits/new", data={"op": OP, "receipts": [number]})
    assert "437.00" in answer.text


def test_a_difference_waits_for_a_second_person_and_then_makes_the_deposit(
    app: Flask, client: FlaskClient
) -> None:
    with app.app_context(), transaction():
        number = fund.take(50, by=9_000_900).receipt_number
    helen, omar = staff_of(app, "Helen Park"), staff_of(app, "Omar Reyes")
    sign_in(client, helen)
    form = {"op": OP, "receipts": [number], "twenties": "2", "reason": "miscount"}
    answer = client.post("/fund/deposits/new", data=form)
    assert answer.status_code == 303
    assert client.post("/fund/deposits/new", data=form).location == answer.location
    path = str(answer.location)
    assert ">Approve<" not in client.get(path).text
    sign_in(client, omar)
    assert path in client.get("/requests").text
    assert "The cash is $10.00 short" in client.get(path).text
    assert sign(client, path) == "/fund/deposits/D-2026-0001"
    page = client.get("/fund/deposits/D-2026-0001").text
    assert "Cash short, as counted" in page
    assert "Counted wrongly when it was taken" in page


def test_a_refused_difference_posts_nothing(app: Flask, client: FlaskClient) -> None:
    with app.app_context(), transaction():
        number = fund.take(50, by=9_000_900).receipt_number
    helen, omar = staff_of(app, "Helen Park"), staff_of(app, "Omar Reyes")
    sign_in(client, helen)
    form = {"op": OP, "receipts": [number], "twenties": "2", "reason": "miscount"}
    path = str(client.post("/fund/deposits/new", data=form).location)
    sign_in(client, omar)
    assert sign(client, path, "refused") == "/fund/deposits/new"
    assert client.get("/fund/deposits/D-2026-0001").status_code == 404


def test_the_bank_is_confirmed_by_somebody_else(app: Flask, client: FlaskClient) -> None:
    numbers = checks(app, 2)
    helen, omar = staff_of(app, "Helen Park"), staff_of(app, "Omar Reyes")
    sign_in(client, helen)
    client.post("/fund/deposits/new", data={"op": OP, "receipts": numbers})
    path = "/fund/deposits/D-2026-0001/confirm"
    form = {"taken_on": "11/21/2026", "amount": "100.00", "reference": "T-77"}
    assert "Confirm the deposit" not in client.get("/fund/deposits/D-2026-0001").text
    answer = client.post(path, data=form)
    assert answer.status_code == 409
    assert "You had a hand in deposit D-2026-0001." in answer.text
    sign_in(client, omar)
    assert "Confirm the deposit" in client.get("/fund/deposits/D-2026-0001").text
    assert client.post(path, data=form).status_code == 303
    page = client.get("/fund/deposits/D-2026-0001").text
    assert "At the bank" in page
    assert "T-77" in page
    assert "at the bank already" in client.get(path).text


def test_another_amount_at_the_bank_waits_for_a_second_person(
    app: Flask, client: FlaskClient
) -> None:
    numbers = checks(app, 2)
    helen, omar = staff_of(app, "Helen Park"), staff_of(app, "Omar Reyes")
    sign_in(client, helen)
    client.post("/fund/deposits/new", data={"op": OP, "receipts": numbers})
    sign_in(client, omar)
    path = "/fund/deposits/D-2026-0001/confirm"
    form = {"taken_on": "11/21/2026", "amount": "95.00"}
    answer = client.post(path, data=form)
    assert answer.status_code == 422
    assert "Say why the bank took another amount." in answer.text
    assert client.post(path, data=form | {"reason": "bank_error"}).status_code == 303
    page = client.get("/fund/deposits/D-2026-0001").text
    paper = "/fund/deposits/takings/" + page.partition("/fund/deposits/takings/")[2][:10]
    assert "Withdraw" in client.get(paper).text
    sign_in(client, helen)
    assert sign(client, paper) == "/fund/deposits/D-2026-0001"
    assert "The bank counted differently" in client.get("/fund/deposits/D-2026-0001").text
