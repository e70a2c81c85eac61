"""Eight cashiers take money at once, half of their forms sent twice: nothing lost or doubled."""

from concurrent.futures import ThreadPoolExecutor
from random import Random

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text

from diversion.core.database import db, transaction
from diversion.ledger.verify import verify
from diversion.staff.permissions import Role
from tests.factories.fees import make_debtor
from tests.factories.staff import make_staff, sign_in
from tests.fees.test_pages import court_today, payment

CASHIERS, FORMS, CENTS = 8, 6, 700
TRIES = 5


@pytest.fixture
def accounts(app: Flask) -> list[str]:
    """Three accounts of $1,000, so that cashiers meet at the same one."""
    with app.app_context(), transaction():
        return [make_debtor(on=court_today(), last=name)[0].number for name in ("Ash", "Bo", "Coe")]


@pytest.fixture
def desks(app: Flask) -> list[FlaskClient]:
    with app.app_context(), transaction():
        clerks = [make_staff(Role.FINANCE_CLERK, name=f"Clerk {n}") for n in range(CASHIERS)]
    clients = [app.test_client() for _ in clerks]
    for client, clerk in zip(clients, clerks, strict=True):
        sign_in(client, clerk)
    return clients


def _receipt(desk: FlaskClient, account: str, op: str) -> str | None:
    """Send a form, again where the books were busy: the page says to, and the key is the same."""
    for _try in range(TRIES):
        form = payment(op=op, amount="7.00", again="y")
        answer = desk.post(f"/fees/accounts/{account}/payments", data=form)
        if answer.status_code != 503:
            break
    return answer.location


def test_eight_cashiers_at_once_lose_and_double_nothing(
    app: Flask, accounts: list[str], desks: list[FlaskClient]
) -> None:
    def work(place: int) -> dict[str, set[str | None]]:
        """Send each form once, every other one again; return the receipts by form."""
        chance, given = Random(place), {}
        for form in range(FORMS):
            op = f"cashier-{place}-form-{form}-xxxx"
            account = chance.choice(accounts)
            given[op] = {_receipt(desks[place], account, op) for _ in range(1 + form % 2)}
        return given

    with ThreadPoolExecutor(CASHIERS) as pool:
        given = {op: at for part in pool.map(work, range(CASHIERS)) for op, at in part.items()}
    assert all(len(receipts) == 1 for receipts in given.values())
    numbers = {str(next(iter(receipts))).rsplit("-", 1)[1] for receipts in given.values()}
    assert numbers == {f"{n:06d}" for n in range(1, CASHIERS * FORMS + 1)}
    with app.app_context():
        taken = db.session.scalar(text("SELECT sum(cents) FROM receipt_number"))
        assert taken == CASHIERS * FORMS * CENTS
        assert verify().findings == []
