"""Put a clerk, another clerk, two managers and a person who owes into one county."""

import re
from dataclasses import dataclass
from html import unescape

from flask import Flask
from flask.testing import FlaskClient

from diversion.core.database import transaction
from diversion.staff.models import Staff
from diversion.staff.permissions import Role
from diversion.web.calendar import court_today
from tests.factories.fees import make_debtor
from tests.factories.staff import make_staff, sign_in


@dataclass
class Desks:
    """Who is signed in, and the number of the account."""

    clerk: FlaskClient
    manager: FlaskClient
    other: FlaskClient
    auditor: FlaskClient
    number: str

    def take(self, **other: str) -> str:
        """Take a payment; return where its receipt stands."""
        given = {"op": "k" * 24, "amount": "400.00", "mode": "cash", "reference": "",
                 "payor": "self", **other}  # fmt: skip
        where = self.clerk.post(f"/fees/accounts/{self.number}/payments", data=given).location
        assert where, "the payment was refused"
        return str(where)


def people() -> tuple[list[Staff], str]:
    """Make everybody, inside an open transaction: a module that always asks for `desks` is
    filled with them.
    """
    person, _ = make_debtor(on=court_today(), last="Hale")
    staff = [
        make_staff(Role.FINANCE_CLERK, name="Lena Ortiz"),
        make_staff(Role.FINANCE_APPROVER, name="Miles Soto"),
        make_staff(Role.FINANCE_APPROVER, name="Harriet Moss"),
        make_staff(Role.AUDITOR, name="Noor Haddad"),
    ]
    return staff, person.number


def desks(app: Flask) -> Desks:
    found = app.extensions.get("filled")
    if found is None:
        with app.app_context(), transaction():
            found = people()
    staff, number = found
    return Desks(*(_in(app, one) for one in staff), number)


def _in(app: Flask, staff: Staff) -> FlaskClient:
    client = app.test_client()
    sign_in(client, staff)
    return client


def seen(client: FlaskClient, where: str) -> dict[str, str]:
    """Return the hidden part of the decision form that a page shows."""
    page = client.get(where).get_data(as_text=True)
    found = re.search(r'name="seen"[^>]*value="([0-9a-fA-F]{16})"', page)
    assert found, page
    return {"seen": found[1]}


def decide(client: FlaskClient, where: str, decision: str = "approved") -> int:
    return client.post(where, data={**seen(client, where), "decision": decision}).status_code


def text(client: FlaskClient, where: str) -> str:
    return unescape(client.get(where).get_data(as_text=True))
