"""Whoever asks for a long file is answered at once, sees how far it is, and takes it when ready."""

import hashlib
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from diversion.audit.models import Act, AuditRow
from diversion.core.database import db, transaction
from diversion.fund.exports import services as exports
from diversion.fund.exports.asked.jobs import make_asked_files
from diversion.fund.leaving.models import ExportRun
from diversion.staff.models import Staff
from diversion.staff.permissions import GRANTS, Permission, Role
from tests.conftest import NOW
from tests.factories import fund
from tests.factories.staff import make_staff, sign_in

FORM = {"month": "2026-11", "kind": "csv_audit", "purpose": "audit"}
OUTSIDERS = [role for role in Role if Permission.LEDGER_EXPORT not in GRANTS[role]]


@pytest.fixture(autouse=True)
def _long(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.config, "EXPORT_AT_ONCE", 1)
    with app.app_context(), transaction():
        fund.take(by=9_000_900)


def enter(app: Flask, client: FlaskClient, role: Role = Role.AUDITOR) -> Staff:
    with app.app_context(), transaction():
        staff = make_staff(role)
    sign_in(client, staff)
    return staff


def runs(app: Flask) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(ExportRun)) or 0


def make(app: Flask) -> None:
    with app.app_context():
        make_asked_files()


def test_a_long_file_is_asked_for_and_taken_later(app: Flask, client: FlaskClient) -> None:
    enter(app, client)
    answer = client.post("/fund/exports", data=FORM)
    assert answer.status_code == 303
    page = client.get(answer.location).text
    assert "<progress" in page
    assert f'hx-get="{answer.location}"' in page
    assert f'href="{answer.location}"' in page, "without scripts a link looks again"
    assert answer.location in client.get("/").text
    assert answer.location in client.get("/fund/exports").text
    assert client.post(answer.location, data={"purpose": "audit"}).status_code == 404
    assert runs(app) == 0
    make(app)
    page = client.get(answer.location).text
    assert "hx-trigger" not in page
    assert 'value="audit" checked' in page
    assert client.post(answer.location, data={"purpose": ""}).status_code == 422
    file = client.post(answer.location, data={"purpose": "oversight"}, buffered=True)
    assert (file.mimetype, file.data[:2]) == ("application/zip", b"PK")
    with app.app_context():
        run = db.session.scalars(select(ExportRun)).one()
        acts = db.session.scalars(select(AuditRow.act).order_by(AuditRow.seq)).all()
    assert (run.sha256, run.purpose) == (hashlib.sha256(file.data).hexdigest(), "oversight")
    wanted = [Act.EXPORT_ASKED, Act.EXPORT_ENDED, Act.EXPORT_MADE]
    assert [act for act in acts if act in wanted] == wanted
    assert answer.location not in client.get("/").text


def test_who_asked_hears_of_a_file_that_failed(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    noor = enter(app, client)
    address = client.post("/fund/exports", data=FORM).location
    monkeypatch.setattr(exports, "make", lambda *_a, **_k: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        make(app)
    assert "could not be made" in client.get(address).text
    assert "Could not be made" in client.get("/").text
    assert client.post(address, data={"purpose": "audit"}).status_code == 404
    with time_machine.travel(NOW + timedelta(days=2)):
        sign_in(client, noor)
        assert "Could not be made" not in client.get("/").text


def test_a_made_file_is_closed_to_whoever_may_not_take_the_ledger_out(
    app: Flask, client: FlaskClient
) -> None:
    enter(app, client)
    address = client.post("/fund/exports", data=FORM).location
    make(app)
    for role in OUTSIDERS:
        other = app.test_client()
        enter(app, other, role)
        assert other.get(address).status_code == 404, role
        assert other.post(address, data={"purpose": "audit"}).status_code == 404, role
    with time_machine.travel(NOW + timedelta(minutes=6)):
        assert "/sign-in" in client.post(address, data={"purpose": "audit"}).location
    assert runs(app) == 0
    with time_machine.travel(NOW + timedelta(days=8)):
        later = app.test_client()
        enter(app, later)
        assert later.get(address).status_code == 404


def test_a_sixth_file_within_the_hour_is_not_asked_for_wb_15(
    app: Flask, client: FlaskClient
) -> None:
    enter(app, client)
    for _ in range(5):
        with app.app_context(), transaction():
            fund.take(by=9_000_900)
        assert client.post("/fund/exports", data=FORM).status_code == 303
    assert client.post("/fund/exports", data=FORM).status_code == 303, "the same once more"
    assert client.post("/fund/exports", data={**FORM, "kind": "journals"}).status_code == 429
