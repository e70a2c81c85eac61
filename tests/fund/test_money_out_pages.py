"""Prove what the pages of money out show, do and refuse."""

import io
import re
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from diversion.core.database import db, transaction
from diversion.fund.orders.kinds import PayeeKind
from diversion.fund.vouchers import queries
from diversion.staff.models import Staff
from diversion.staff.permissions import Role
from tests.factories import disbursements as out
from tests.factories.partners import make_organization
from tests.factories.staff import make_staff, sign_in
from tests.fund.test_deposits_pages import statements

OP = "op-of-a-form-that-was-opened"


def within(app: Flask, make: Callable[[], object]) -> object:
    with app.app_context(), transaction():
        made = make()
        db.session.flush()
        return made


def finance(app: Flask, client: FlaskClient, name: str = "Wren Dalby") -> Staff:
    staff = within(app, lambda: make_staff(Role.FINANCE_APPROVER, name=name))
    sign_in(client, staff)  # type: ignore[arg-type]
    return staff  # type: ignore[return-value]


def approve(app: Flask, client: FlaskClient, address: str) -> str:
    """Let another approver press Approve on the page of a request; return the page then."""
    finance(app, client, "Helen Park")
    page = client.get(address).text
    seen = re.search(r'name="seen"[^>]*value="(\w+)"', page)
    assert seen
    answer = client.post(address, data={"seen": seen[1], "decision": "approved"})
    assert answer.status_code == 303, answer.text
    return client.get(address).text


def test_a_budget_is_asked_for_and_approved_in_two_clicks(app: Flask, client: FlaskClient) -> None:
    finance(app, client)
    made = client.post(
        "/fund/budget/lines/new", data={"op": f"{OP}-line", "name": "Housing", "earmark": "0"}
    )
    asked = client.post(made.location, data={"op": OP, "amount": "1000", "note": "Resolution 4"})
    assert asked.status_code == 303
    assert "Approve" not in client.get(asked.location).text.partition("<main")[2]
    assert "Withdraw" in client.get(asked.location).text
    finance(app, client, "Helen Park")
    assert asked.location in client.get("/requests").text
    page = approve(app, client, asked.location)
    assert "Approved and posted." in page
    assert "1,000.00" in client.get("/fund/budget").text


def test_a_double_click_asks_once(app: Flask, client: FlaskClient) -> None:
    finance(app, client)
    line = {"op": f"{OP}-line", "name": "Housing", "earmark": "0"}
    made, again = (client.post("/fund/budget/lines/new", data=line) for _ in range(2))
    assert made.location == again.location
    for at, name in (("payees", "Lantern House"), ("earmarks", "A donor's purpose")):
        twice = {"op": f"{OP}-{at}", "name": name, "kind": "housing"}
        answers = [client.post(f"/fund/{at}", data=twice).status_code for _ in range(2)]
        assert answers == [303, 303]
    form = {"op": OP, "amount": "1000", "note": "Resolution 4"}
    first, second = (client.post(made.location, data=form) for _ in range(2))
    assert first.location == second.location


def test_an_award_a_voucher_and_its_payment(app: Flask, client: FlaskClient) -> None:
    def prepare() -> tuple[str, str]:
        office = out.make_office()
        out.give(1000)
        line = out.make_line(office, 800, name="Emergency housing")
        return line.handle, make_organization(office.asks, "Lantern House").handle

    line, payee = within(app, prepare)  # type: ignore[misc]
    finance(app, client)
    page = client.get("/fund/awards/new").text
    assert "Emergency housing: $800.00 left" in page
    form = {"op": OP, "line": line, "payee_kind": "organization", "payee": payee, "aim": "housing",
            "amount": "500"}  # fmt: skip
    refused = client.post("/fund/awards/new", data={**form, "amount": "900"})
    assert refused.status_code == 409
    assert "This would leave the budget line at −$100.00." in refused.text
    asked = client.post("/fund/awards/new", data=form)
    assert "G-" in approve(app, client, asked.location)
    coordinator = within(app, lambda: make_staff(Role.SBAD_COORDINATOR, name="Samuel Okafor"))
    sign_in(client, coordinator)  # type: ignore[arg-type]
    number = re.search(r"G-\d{4}-\d{4}", client.get("/fund/vouchers/new").text)
    assert number
    bill = {"op": f"{OP}-bill", "award": number[0], "amount": "120", "reference": "INV-12",
            "document": (io.BytesIO(b"an invoice"), "bill.pdf")}  # fmt: skip
    voucher = client.post("/fund/vouchers/new", data=bill, content_type="multipart/form-data")
    assert voucher.status_code == 303
    page = client.get(voucher.location).text
    assert "Waits for approval" in page
    assert "Lantern House" in page
    order = re.search(r"/fund/orders/\w+", page)
    assert order
    assert client.post(order[0], data={"seen": "x", "decision": "approved"}).status_code == 404
    approve(app, client, order[0])
    assert "You had a hand in this voucher" in client.get(f"{voucher.location}/pay").text
    finance(app, client, "Noor Haddad")
    pay = client.post(
        f"{voucher.location}/pay", data={"op": f"{OP}-pay", "method": "check", "reference": "1001"}
    )
    assert pay.status_code == 303
    assert "Paid" in client.get(voucher.location).text
    entry = re.search(r"/fund/trail/entries/\d+", client.get(voucher.location).text)
    assert entry
    assert "120.00" in client.get(entry[0]).text
    number = entry[0].rpartition("/")[2]
    assert voucher.location in client.get(f"/fund/entries/{number}").text
    for path in ("/fund/awards", "/fund/vouchers", "/fund/payees", "/fund/earmarks"):
        assert client.get(path).status_code == 200


def test_a_supervisor_approves_up_to_a_limit(app: Flask, client: FlaskClient) -> None:
    def prepare() -> list[str]:
        office = out.make_office()
        out.give(5000)
        award = out.make_award(office, out.make_line(office, 5000), 5000, PayeeKind.VICTIM)
        return [
            queries.row_of(out.request(office, award, dollars).id).Order.handle
            for dollars in (1000, 1001)
        ]

    small, large = within(app, prepare)  # type: ignore[misc]
    deputy = within(app, lambda: make_staff(Role.DEPUTY_DA, name="Dana Whitfield"))
    sign_in(client, deputy)  # type: ignore[arg-type]
    for handle, status in ((small, 303), (large, 409)):
        page = client.get(f"/fund/orders/{handle}").text
        seen = re.search(r'name="seen"[^>]*value="(\w+)"', page)
        assert seen
        answer = client.post(
            f"/fund/orders/{handle}", data={"seen": seen[1], "decision": "approved"}
        )
        assert answer.status_code == status
    assert "You can approve up to $1,000.00." in answer.text


def test_others_see_their_own_vouchers_alone(app: Flask, client: FlaskClient) -> None:
    def prepare() -> tuple[out.Office, str, str]:
        office = out.make_office()
        out.give(1000)
        award = out.make_award(office, out.make_line(office), 500, PayeeKind.VICTIM)
        voucher = out.request(office, award)
        return office, voucher.number, queries.row_of(voucher.id).Order.handle

    office, number, handle = within(app, prepare)  # type: ignore[misc]
    sign_in(client, office.coordinator)
    assert number in client.get("/fund/vouchers").text
    assert client.get(f"/fund/vouchers/{number}").status_code == 200
    other = within(app, lambda: make_staff(Role.SBAD_COORDINATOR, name="Samuel Okafor"))
    sign_in(client, other)  # type: ignore[arg-type]
    assert number not in client.get("/fund/vouchers").text
    for path in (f"/fund/vouchers/{number}", f"/fund/orders/{handle}", "/fund/budget"):
        assert client.get(path).status_code == 404


@pytest.mark.parametrize(
    "role", [Role.INSTRUCTOR, Role.MENTOR, Role.ADMINISTRATOR, Role.PRIVACY_OFFICER]
)
def test_others_see_nothing_of_money_out(app: Flask, client: FlaskClient, role: Role) -> None:
    sign_in(client, within(app, lambda: make_staff(role)))  # type: ignore[arg-type]
    for path in ("budget", "budget/lines/new", "earmarks", "awards", "awards/new", "payees",
                 "vouchers", "vouchers/new"):  # fmt: skip
        assert client.get(f"/fund/{path}").status_code == 404


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.FINANCE_CLERK])
def test_who_only_reads_asks_for_nothing(app: Flask, client: FlaskClient, role: Role) -> None:
    sign_in(client, within(app, lambda: make_staff(role)))  # type: ignore[arg-type]
    for path in ("budget", "earmarks", "awards", "payees", "vouchers"):
        assert client.get(f"/fund/{path}").status_code == 200
    for path in ("budget/lines/new", "awards/new", "vouchers/new"):
        assert client.get(f"/fund/{path}").status_code == 404


@pytest.mark.parametrize("path", ["awards", "budget", "payees", "vouchers", "trail/entries/1"])
def test_the_statements_of_a_page_do_not_grow(app: Flask, client: FlaskClient, path: str) -> None:
    office: out.Office = within(app, out.make_office)  # type: ignore[assignment]
    sign_in(client, office.pays)

    def more() -> None:
        out.give(1000)
        for _ in range(2):
            award = out.make_award(office, out.make_line(office), 500)
            out.request(office, award, 10)

    counts = []
    for _ in range(2):
        within(app, more)
        client.get(f"/fund/{path}")
        with statements(app) as seen:
            assert client.get(f"/fund/{path}").status_code == 200
        counts.append(len(seen))
    assert counts[0] == counts[1]
