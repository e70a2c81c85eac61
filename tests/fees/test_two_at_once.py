"""Prove that of several who do the same at once, one does it and the others are told."""

from concurrent.futures import ThreadPoolExecutor

from flask import Flask
from flask.testing import FlaskClient

from diversion.core.database import db, transaction
from diversion.fees import queries as fees
from diversion.fees.models import Obligation
from diversion.staff.models import Staff
from tests.factories.cash import bring_to_bank
from tests.factories.staff import sign_in
from tests.fees.desks import Desks, desks, seen

TIMES = 4


def at_once(app: Flask, name: str, where: str, *data: dict[str, str]) -> list[int]:
    """Send forms to one address at the same time, each from a browser of its own."""
    clients = [_browser(app, name) for _ in data]

    def send(place: int) -> int:
        return clients[place].post(where, data=data[place]).status_code

    with ThreadPoolExecutor(len(data)) as pool:
        return sorted(pool.map(send, range(len(data))))


def _browser(app: Flask, name: str) -> FlaskClient:
    with app.app_context():
        staff = db.session.query(Staff).filter_by(name=name).one()
    client = app.test_client()
    sign_in(client, staff)
    return client


def test_a_drawer_is_counted_and_signed_once(app: Flask) -> None:
    office: Desks = desks(app)
    where = office.clerk.post("/fund/drawers", data={"change_fund": "50"}).location
    counts = [{"coins": f"{place}"} for place in range(TIMES)]
    assert at_once(app, "Lena Ortiz", f"{where}/count", *counts) == [303, 409, 409, 409]
    why = [{"reason": reason} for reason in ("torn", "change", "miscount")]
    assert at_once(app, "Miles Soto", f"{where}/signature", *why) == [303, 409, 409]


def test_a_request_is_decided_and_a_refund_paid_once(app: Flask) -> None:
    office: Desks = desks(app)
    receipt = office.take()
    with app.app_context(), transaction():
        bring_to_bank(fees.receipt(receipt.rpartition("/")[2]))
        fee = db.session.query(Obligation).one().handle
    form = {"op": "r" * 24, "source": fee, "amount": "100", "reason": "court_order"}
    asked = str(office.clerk.post(f"/fees/accounts/{office.number}/refunds", data=form).location)
    said = {**seen(office.manager, asked), "decision": "approved"}
    assert at_once(app, "Miles Soto", asked, said, said, said) == [303, 409, 409]
    paid = [{"instrument": "check", "reference": f"900{place}"} for place in range(TIMES)]
    assert at_once(app, "Harriet Moss", f"{asked}/payment", *paid) == [303, 409, 409, 409]
