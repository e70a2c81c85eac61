"""Prove what the pages of the bank do and refuse."""

import re
from datetime import date
from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from diversion.core.database import db, transaction
from diversion.core.money import Money
from diversion.fund.reconciliation.models import BankLine
from diversion.fund.reconciliation.views import AT_MOST
from diversion.ledger import queries as ledger
from diversion.ledger import services as books
from diversion.ledger.commands import OWN_RECEIPT, Command, Mode, Tender, credit, debit
from diversion.ledger.events import Event
from diversion.staff.models import Staff
from diversion.staff.permissions import Role
from tests.conftest import NOW
from tests.factories import fund
from tests.factories.staff import make_staff, sign_in
from tests.fund.test_deposits_pages import sign, statements

OP = "op-of-a-form-that-was-opened"
CSV = b"""Date,Description,Debit,Credit,Balance
11/21/2026,DEPOSIT 2 ITEMS,,120.00,620.00
11/21/2026,INTEREST,,1.25,621.25
11/21/2026,SERVICE CHARGE,1.00,,620.25
11/21/2026,RETURNED ITEM CK 77 NSF,9.00,,611.25
"""


def finance(app: Flask, name: str = "Helen Park") -> Staff:
    with app.app_context(), transaction():
        made = make_staff(Role.FINANCE_APPROVER, name=name)
        db.session.expunge(made)
    return made


def upload(client: FlaskClient, content: bytes = CSV) -> str:
    data = {"op": f"{OP}-{len(content)}", "file": (BytesIO(content), "statement.csv")}
    answer = client.post("/fund/bank/new", data=data)
    assert answer.status_code == 303
    return str(answer.location)


def bring(client: FlaskClient, content: bytes = CSV) -> str:
    answer = client.post(upload(client, content))
    assert answer.status_code == 303
    return str(answer.location)


def count(app: Flask) -> int:
    with app.app_context():
        return db.session.query(BankLine).count()


def deposit(app: Flask, client: FlaskClient, name: str = "Omar Reyes") -> None:
    """Let another person of finance deposit two checks."""
    with app.app_context(), transaction():
        other = make_staff(Role.FINANCE_APPROVER, name=name)
        numbers = [
            fund.take(dollars, by=9_000_900, mode=Mode.CHECK, reference=str(dollars)).receipt_number
            for dollars in (50, 70)
        ]
    sign_in(client, other)
    form = {"op": OP, "receipts": numbers}
    assert client.post("/fund/deposits/new", data=form).status_code == 303


def ticks(app: Flask, *words: str) -> list[str]:
    with app.app_context():
        rows = db.session.query(BankLine).all()
        return [r.handle for r in rows if not words or r.words.startswith(words)]


def matched(page: TestResponse) -> int:
    return page.text.count(">Matched<")


def test_a_preview_writes_nothing_and_the_same_file_again_changes_nothing(
    app: Flask, client: FlaskClient
) -> None:
    sign_in(client, finance(app))
    address = upload(client)
    page = client.get(address).text
    assert "DEPOSIT 2 ITEMS" in page
    assert "nothing is saved yet" in page
    assert count(app) == 0
    first = client.post(address).location
    assert count(app) == 4
    assert client.post(address).location == first
    assert bring(client) == first
    assert count(app) == 4


def test_lines_are_matched_and_posted_as_proposed(app: Flask, client: FlaskClient) -> None:
    deposit(app, client)
    sign_in(client, finance(app))
    address = bring(client)
    page = client.get(address).text
    for word in ("D-2026-0001", "Interest", "Bank charge", "Unexplained"):
        assert word in page
    form = {"lines": ticks(app, "DEPOSIT", "INTEREST", "SERVICE")}
    assert client.post(address, data=form).status_code == 303
    assert matched(client.get(address)) == 3
    with app.app_context():
        assert ledger.balance(1020) == Money(12_025)
        assert ledger.balance(1015) == Money(0)
    start = client.get("/fund/bank").text
    assert "The bank&#39;s line “RETURNED ITEM CK 77 NSF” is explained by nothing." in start
    assert "Unexplained between bank and books: $509.00" in client.get("/fund").text


def test_each_entry_of_a_match_leads_to_its_line(app: Flask, client: FlaskClient) -> None:
    sign_in(client, finance(app))
    address = bring(client)
    handle = ticks(app, "INTEREST")[0]
    client.post(address, data={"lines": [handle]})
    assert f"/fund/bank/lines/{handle}" in client.get("/fund/ledger").text
    assert f"/fund/bank/lines/{handle}" in client.get("/fund/entries/1").text


def test_whoever_prepared_a_deposit_does_not_match_it(app: Flask, client: FlaskClient) -> None:
    deposit(app, client)
    address = bring(client)
    answer = client.post(address, data={"lines": ticks(app, "DEPOSIT")})
    assert answer.status_code == 409
    assert "You had a hand in deposit D-2026-0001." in answer.text


def test_a_match_taken_back_is_reversed_once_a_second_person_approves(
    app: Flask, client: FlaskClient
) -> None:
    helen, omar = finance(app), finance(app, "Omar Reyes")
    sign_in(client, helen)
    address = bring(client)
    handle = ticks(app, "INTEREST")[0]
    client.post(address, data={"lines": [handle]})
    assert client.post(f"/fund/bank/lines/{handle}/unmatch").status_code == 303
    assert matched(client.get(address)) == 1
    waiting = client.get("/requests").text
    paper = waiting.partition('href="/fund/bank/papers/')[2].partition('"')[0]
    own = client.get(f"/fund/bank/papers/{paper}")
    assert "Withdraw" in own.text
    assert ">Approve<" not in own.text
    sign_in(client, omar)
    page = client.get(f"/fund/bank/papers/{paper}").text
    seen = page.partition('name="seen"')[2].partition('value="')[2].partition('"')[0]
    form = {"seen": seen, "decision": "approved"}
    assert client.post(f"/fund/bank/papers/{paper}", data=form).status_code == 303
    assert matched(client.get(address)) == 0
    with app.app_context():
        assert ledger.balance(1020) == Money(0)


def test_a_line_matched_by_hand_adds_up(app: Flask, client: FlaskClient) -> None:
    deposit(app, client)
    sign_in(client, finance(app))
    bring(client, CSV.replace(b"120.00,620.00", b"121.00,621.00").replace(b",621.25", b",622.25")
          .replace(b",620.25", b",621.25").replace(b",611.25", b",612.25"))  # fmt: skip
    handle = ticks(app, "DEPOSIT")[0]
    form = {"meaning": "deposit", "items": ["deposit:D-2026-0001"]}
    answer = client.post(f"/fund/bank/lines/{handle}", data=form)
    assert answer.status_code == 422
    assert "These add up to $120.00. The line is $121.00." in answer.text
    wrong = client.post(f"/fund/bank/lines/{handle}", data={"meaning": "charge"})
    assert wrong.status_code == 422


def test_an_auditor_reads_and_writes_nothing(app: Flask, client: FlaskClient) -> None:
    sign_in(client, finance(app))
    address = bring(client)
    handle = ticks(app)[0]
    with app.app_context(), transaction():
        auditor = make_staff(Role.AUDITOR)
    sign_in(client, auditor)
    for path in ("/fund/bank", address, f"/fund/bank/lines/{handle}"):
        assert client.get(path).status_code == 200
    assert "Confirm the ticked" not in client.get(address).text
    assert client.post(address, data={"lines": [handle]}).status_code == 404
    assert client.get("/fund/bank/new").status_code == 404


@pytest.mark.parametrize("role", [r for r in Role if not r.startswith(("finance", "auditor"))])
def test_nobody_else_sees_the_bank(app: Flask, client: FlaskClient, role: Role) -> None:
    with app.app_context(), transaction():
        staff = make_staff(role)
    sign_in(client, staff)
    for path in ("/fund/bank", "/fund/bank/new", "/fund/bank/before"):
        assert client.get(path).status_code == 404


def rows_of(amount: int) -> bytes:
    lines = [f"11/20/2026,LINE {n},,{n + 1}.00" for n in range(amount)]
    return "\n".join(["Date,Description,Debit,Credit", *lines]).encode()


def test_the_statements_of_the_bank_pages_do_not_grow(app: Flask, client: FlaskClient) -> None:
    sign_in(client, finance(app))
    counts = []
    for amount in (3, 30):
        address = bring(client, rows_of(amount))
        handle = ticks(app, "LINE")[0]
        paths = (address, "/fund/bank", f"/fund/bank/lines/{handle}", "/fund")
        for path in paths:
            client.get(path)
        with statements(app) as seen:
            sizes = []
            for path in paths:
                before = len(seen)
                assert client.get(path).status_code == 200
                sizes.append(len(seen) - before)
        counts.append(sizes)
    assert counts[0] == counts[1]
    assert max(counts[0]) <= 40


def test_a_long_statement_is_confirmed_in_parts(app: Flask, client: FlaskClient) -> None:
    sign_in(client, finance(app))
    lines = [f"11/20/2026,INTEREST {n},,{n + 1}.00" for n in range(AT_MOST + 5)]
    address = bring(client, "\n".join(["Date,Description,Debit,Credit", *lines]).encode())
    offered = re.findall(r'name="lines" value="(\w+)"', client.get(address).text)
    assert len(offered) == AT_MOST
    assert client.post(address, data={"lines": offered[:2]}).status_code == 303
    assert matched(client.get(address)) == 2


def imported(cents: int, on: date) -> None:
    """Keep a receipt as an old file has it."""
    amount = Money(cents)
    tender = Tender("H-", Mode.CHECK, amount, "7", imported=True)
    lines = [debit(1010, amount, OWN_RECEIPT), credit(2100, amount, 1)]
    books.post(Command(Event.IMPORTED_RECEIPT, lines, tender=tender), key=f"old:{on}", by=9_000_900,
               on=on, now=NOW)  # fmt: skip


def test_older_receipts_are_at_the_bank_once_a_second_person_says_so(
    app: Flask, client: FlaskClient
) -> None:
    with app.app_context(), transaction():
        imported(5000, date(2026, 5, 1))
        imported(7000, date(2026, 6, 1))
    helen, omar = finance(app), finance(app, "Omar Reyes")
    sign_in(client, helen)
    assert "2 receipts" in client.get("/fund/bank/before").text
    early = client.post("/fund/bank/before", data={"until": "04/30/2026"})
    assert early.status_code == 409
    answer = client.post("/fund/bank/before", data={"until": "05/31/2026"})
    assert answer.status_code == 303
    path = str(answer.location)
    sign_in(client, omar)
    assert "$50.00" in client.get(path).text
    assert sign(client, path) == "/fund/bank"
    with app.app_context():
        assert ledger.balance(1020) == Money(5000)
        assert ledger.balance(1010) == Money(7000)
    again = client.post(path, data={"seen": "x", "decision": "approved"})
    assert again.status_code == 409


def test_what_a_second_person_refuses_is_open_again(app: Flask, client: FlaskClient) -> None:
    helen, omar = finance(app), finance(app, "Omar Reyes")
    sign_in(client, helen)
    address = bring(client, b"Date,Description,Amount\n11/20/2026,TRANSFER IN,5.00\n")
    client.post(address, data={"lines": ticks(app)})
    assert "Waits for a second person" in client.get(address).text
    path = "/fund/bank/papers/" + client.get("/requests").text.partition("/bank/papers/")[2][:10]
    sign_in(client, omar)
    sign(client, path, "refused")
    assert "Proposed" in client.get(address).text
    with app.app_context():
        assert ledger.balance(1020) == Money(0)


def test_today_says_what_the_bank_shows_and_nobody_explained(
    app: Flask, client: FlaskClient
) -> None:
    sign_in(client, finance(app))
    assert "Lines of the bank" not in client.get("/").text
    address = bring(client)
    today = client.get("/").text
    assert "Unexplained between bank and books" in today
    assert "$631.25" in today
    assert re.search(r"Lines of the bank to explain.{0,200}>4<", today, re.S)
    client.post(address, data={"lines": ticks(app, "INTEREST", "SERVICE")})
    assert re.search(r"Lines of the bank to explain.{0,200}>2<", client.get("/").text, re.S)
    with app.app_context(), transaction():
        clerk = make_staff(Role.FINANCE_CLERK)
    sign_in(client, clerk)
    assert "Lines of the bank" not in client.get("/").text
