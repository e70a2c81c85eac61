"""The pages of corrections: typed lines, a document, a second person, one entry."""

import hashlib
import io
import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from diversion.core.database import transaction
from diversion.core.money import Money
from diversion.ledger import journal, queries
from diversion.ledger.commands import credit, debit
from diversion.ledger.events import Event
from diversion.staff.models import Staff
from diversion.staff.permissions import Role
from tests.factories import months
from tests.factories.staff import make_staff, sign_in

WHY = "Interest was booked as a donation"
PAPER = b"%PDF a letter of the treasurer"
NEW = "/fund/corrections/new"


@pytest.fixture
def people(app: Flask) -> tuple[Staff, Staff]:
    with app.app_context(), transaction():
        return months.two_people()


def typed(**more: Any) -> dict[str, Any]:
    return {
        "account_1": "4300", "debit_1": "7.00", "account_2": "4200", "credit_2": "7.00",
        "effective_on": "11/21/2026", "reason": WHY, "document": (io.BytesIO(PAPER), "letter.pdf"),
        "op": "correction-form-0001", **more,
    }  # fmt: skip


def answer(client: FlaskClient, paper: str, decision: str = "approved") -> int:
    seen = re.search(r'name="seen"[^>]*value="(\w+)"', client.get(paper).get_data(as_text=True))
    assert seen is not None
    return client.post(paper, data={"seen": seen[1], "decision": decision}).status_code


def test_an_adjustment_is_asked_by_one_and_approved_in_two_clicks(
    app: Flask, client: FlaskClient, people: tuple[Staff, Staff]
) -> None:
    sign_in(client, people[0])
    assert "New adjustment" in client.get(NEW).get_data(as_text=True)
    paper = client.post(NEW, data=typed()).headers["Location"]
    assert client.post(NEW, data=typed()).headers["Location"] == paper
    shown = client.get(paper).get_data(as_text=True)
    hashed = hashlib.sha256(PAPER).hexdigest()
    assert hashed[:32] in shown
    assert answer(client, paper) == 409
    sign_in(client, people[1])
    assert paper in client.get("/requests").get_data(as_text=True)
    assert answer(client, paper) == 303
    page = client.get(paper).get_data(as_text=True)
    assert "It became" in page
    assert client.get("/fund/entries/1").get_data(as_text=True).count(paper) == 1
    assert "Posted" in client.get("/fund/corrections").get_data(as_text=True)
    with app.app_context():
        assert queries.balance(4200) == Money(-700)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"reason": "Short"}, "at least 20 letters"),
        ({"document": None}, "Choose a file"),
        ({"credit_2": "8.00"}, "Debits and credits differ"),
        ({"debit_2": "8.00"}, "a debit or a credit"),
        ({"effective_on": "11/20/2026"}, "Use today"),
        ({"account_1": "1010", "key_1": "1"}, "Choose one of these"),
        ({"account_1": "99"}, "Choose one of these"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(
    app: Flask, client: FlaskClient, people: tuple[Staff, Staff], change: dict[str, Any], said: str
) -> None:
    sign_in(client, people[0])
    given = {name: value for name, value in typed(**change).items() if value is not None}
    refused = client.post(NEW, data=given)
    assert refused.status_code in (409, 422)
    assert said in refused.get_data(as_text=True)
    assert "Nothing was corrected yet" in client.get("/fund/corrections").get_data(as_text=True)


def test_an_entry_is_turned_back_from_its_own_page(
    app: Flask, client: FlaskClient, people: tuple[Staff, Staff]
) -> None:
    with app.app_context(), transaction():
        first = months.interest().number
        fee = months.charge().number
    sign_in(client, people[0])
    address = f"/fund/entries/{first}/reversal"
    assert address in client.get(f"/fund/entries/{first}").get_data(as_text=True)
    assert "reversal" not in client.get(f"/fund/entries/{fee}").get_data(as_text=True)
    assert "undone where it was made" in client.get(
        f"/fund/entries/{fee}/reversal").get_data(as_text=True)  # fmt: skip
    paper = client.post(address, data={"reason": WHY}).headers["Location"]
    assert paper in client.get(address).get_data(as_text=True)
    sign_in(client, people[1])
    assert answer(client, paper) == 303
    with app.app_context():
        entry = journal.entry(first)
        assert entry is not None
        assert entry.reversed_by == 3


def test_a_refused_paper_posts_nothing(
    app: Flask, client: FlaskClient, people: tuple[Staff, Staff]
) -> None:
    sign_in(client, people[0])
    paper = client.post(NEW, data=typed()).headers["Location"]
    sign_in(client, people[1])
    assert answer(client, paper, "refused") == 303
    with app.app_context():
        assert queries.head().number == 0


def test_the_year_is_ended_from_its_last_month(
    app: Flask, client: FlaskClient, people: tuple[Staff, Staff]
) -> None:
    with app.app_context(), transaction():
        day = months.OCTOBER.replace(month=6)
        lines = (debit(1020, Money(5_000)), credit(4200, Money(5_000)))
        months.post(Event.INTEREST, *lines, on=day)
        months.charge()
    sign_in(client, people[0])
    address = "/fund/periods/2026-06/year-end"
    assert address in client.get("/fund/periods/2026-06/close").get_data(as_text=True)
    assert client.get("/fund/periods/2026-10/year-end").status_code == 404
    paper = client.post(address).headers["Location"]
    sign_in(client, people[1])
    assert answer(client, paper) == 303
    with app.app_context():
        assert queries.balance(3000) == Money(-5_000)


def test_the_books_are_opened_by_two(
    app: Flask, client: FlaskClient, people: tuple[Staff, Staff]
) -> None:
    sign_in(client, people[0])
    lines = {"account_1": "1020", "debit_1": "900", "account_2": "3000", "credit_2": "900",
             "effective_on": "01/01/2026"}  # fmt: skip
    data = {**lines, "reason": "Balance of the old account book"}
    paper = client.post(f"{NEW}?kind=opening", data=data).headers["Location"]
    sign_in(client, people[1])
    assert answer(client, paper) == 303
    assert "Enter the opening" not in client.get("/fund/corrections").get_data(as_text=True)


def test_who_only_reads_cannot_ask(
    app: Flask, client: FlaskClient, people: tuple[Staff, Staff]
) -> None:
    with app.app_context(), transaction():
        months.interest()
        auditor = make_staff(Role.AUDITOR)
    sign_in(client, auditor)
    assert client.get("/fund/corrections").status_code == 200
    for address in (NEW, "/fund/entries/1/reversal"):
        assert client.get(address).status_code == 404
        assert client.post(address).status_code == 404
    assert "Turn back" not in client.get("/fund/entries/1").get_data(as_text=True)
