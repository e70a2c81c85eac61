"""Prove who hands entries to the county, and that a batch's file leaves as it was made."""

import hashlib
import re
from datetime import timedelta
from io import BytesIO

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from diversion.audit.models import Act, AuditRow
from diversion.core.database import db, transaction
from diversion.fund.county.models import CountyBatch
from diversion.staff.permissions import GRANTS, Permission, Role
from tests.conftest import NOW
from tests.factories.staff import make_staff, sign_in
from tests.fund.test_county import october

FORM = {"what": "account:202610:", "format": "csv", "detail": "summary", "op": "county-form-000001"}


def enter(app: Flask, client: FlaskClient, role: Role = Role.FINANCE_APPROVER) -> None:
    with app.app_context(), transaction():
        october()
        staff = make_staff(role, name="Noor Haddad")
    sign_in(client, staff)


def made(app: Flask, client: FlaskClient) -> CountyBatch:
    enter(app, client)
    answer = client.post("/fund/county", data=FORM)
    assert answer.status_code == 303
    with app.app_context():
        return db.session.scalars(select(CountyBatch)).one()


def test_a_month_goes_to_the_county_and_its_file_leaves_as_it_was_made(
    app: Flask, client: FlaskClient
) -> None:
    batch = made(app, client)
    page = client.get(f"/fund/county/{batch.number}").text
    assert batch.chain_hash in page
    assert batch.sha256 in page
    files = [client.post(f"/fund/county/{batch.number}", buffered=True) for _ in range(2)]
    assert files[0].data == files[1].data
    assert hashlib.sha256(files[0].data).hexdigest() == batch.sha256
    assert files[0].headers["Content-Disposition"] == f'attachment; filename="{batch.name}"'
    with app.app_context():
        query = select(func.count()).where(AuditRow.act == Act.EXPORT_MADE.value)
        assert db.session.scalar(query) == 2


def test_the_list_offers_what_waits_and_nothing_twice(app: Flask, client: FlaskClient) -> None:
    enter(app, client)
    assert "10/2026 · 3 entries" in client.get("/fund/county").text
    first, again = (client.post("/fund/county", data=FORM) for _ in range(2))
    assert (first.status_code, first.location) == (again.status_code, again.location)
    assert first.status_code == 303
    page = client.get("/fund/county").text
    assert "The county has all there is" in page
    assert "GL-2026-0001" in page
    assert client.post("/fund/county", data={**FORM, "op": "county-form-000002"}).status_code == 422


def test_the_countys_answer_is_noted(app: Flask, client: FlaskClient) -> None:
    batch = made(app, client)
    answer = BytesIO(f"Batch,No\n{batch.number},JE-4711\n".encode())
    sent = client.post("/fund/county/acknowledgement", data={"file": (answer, "answer.csv")})
    assert sent.status_code == 303
    assert "JE-4711" in client.get("/fund/county").text
    assert "Booked" in client.get(f"/fund/county/{batch.number}").text
    wrong = client.post("/fund/county/acknowledgement", data={"file": (BytesIO(b"a,b\n"), "a.csv")})
    assert wrong.status_code == 422
    assert "names one of our batches" in re.sub(r"\s+", " ", wrong.text)


def test_an_old_second_factor_is_asked_for_again_se_06(app: Flask, client: FlaskClient) -> None:
    enter(app, client)
    with time_machine.travel(NOW + timedelta(minutes=6)):
        assert "/sign-in" in client.post("/fund/county", data=FORM).location
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(CountyBatch)) == 0


@pytest.mark.parametrize("role", [r for r in Role if Permission.BATCH_MAKE not in GRANTS[r]])
def test_nobody_else_hands_entries_to_the_county(
    app: Flask, client: FlaskClient, role: Role
) -> None:
    enter(app, client, role)
    reads = Permission.LEDGER_READ in GRANTS[role]
    page = client.get("/fund/county")
    assert page.status_code == (200 if reads else 404)
    assert "Make the batch" not in page.text
    assert client.post("/fund/county", data=FORM).status_code == 404
    assert client.post("/fund/county/acknowledgement").status_code == 404


def test_a_number_that_is_no_batch_is_not_found(app: Flask, client: FlaskClient) -> None:
    enter(app, client)
    assert client.get("/fund/county/GL-2026-0099").status_code == 404
    assert client.post("/fund/county/GL-2026-0099").status_code == 404


def test_the_countys_accounts_are_kept_and_written_over_by_nobody(
    app: Flask, client: FlaskClient
) -> None:
    enter(app, client)
    page = client.get("/fund/county/accounts")
    seen = re.search(r'name="seen"[^>]*value="([0-9a-f]{16})"', page.text)
    assert seen
    typed = {"seen": seen[1], "code_4010": "215-1805-410100-HT"}
    wrong = client.post("/fund/county/accounts", data={**typed, "code_5040": "410100"})
    assert (wrong.status_code, wrong.text.count("aria-invalid") == 1) == (422, True)
    assert client.post("/fund/county/accounts", data=typed).status_code == 303
    assert client.post("/fund/county/accounts", data=typed).status_code == 409
    number = client.post("/fund/county", data={**FORM, "detail": "lines"}).location
    assert b",215,1805,410100,HT," in client.post(number).data
    with app.app_context(), transaction():
        auditor = make_staff(Role.AUDITOR)
    sign_in(client, auditor)
    assert "215-1805-410100-HT" in client.get("/fund/county/accounts").text
    assert client.post("/fund/county/accounts", data=typed).status_code == 404
