"""Prove who may take the ledger out, and that the log is written before a byte leaves."""

import hashlib
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from diversion.audit.models import Act, AuditRow
from diversion.audit.services import LogFailed
from diversion.core.database import db, transaction
from diversion.fund.leaving import services as leaving
from diversion.fund.leaving.models import ExportRun
from diversion.staff.permissions import GRANTS, Permission, Role
from tests.conftest import NOW
from tests.factories import fund
from tests.factories.staff import make_staff, sign_in

FORM = {"month": "2026-11", "kind": "workbook", "purpose": "month_close"}


def enter(app: Flask, client: FlaskClient, role: Role = Role.AUDITOR) -> None:
    with app.app_context(), transaction():
        fund.take(by=9_000_900)
        staff = make_staff(role)
    sign_in(client, staff)


def test_a_file_leaves_with_its_row_in_the_log(app: Flask, client: FlaskClient) -> None:
    enter(app, client)
    answer = client.post("/fund/exports", data=FORM, buffered=True)
    assert answer.status_code == 200
    disposition = answer.headers["Content-Disposition"]
    assert disposition == 'attachment; filename="2026-11_ledger_ht-account.xlsx"'
    with app.app_context():
        run = db.session.scalars(select(ExportRun)).one()
        logged = db.session.scalars(
            select(AuditRow).where(AuditRow.act == Act.EXPORT_MADE.value)
        ).one()
    assert run.sha256 == hashlib.sha256(answer.data).hexdigest()
    assert run.sha256 in logged.facts
    assert f"export:{run.handle}" in logged.objects
    page = client.get("/fund/exports").text
    assert run.sha256 in page
    assert "Closing the month" in page


@pytest.mark.parametrize("kind", ["csv_spreadsheet", "csv_audit"])
def test_the_journal_leaves_as_a_zip(app: Flask, client: FlaskClient, kind: str) -> None:
    enter(app, client)
    answer = client.post("/fund/exports", data={**FORM, "kind": kind}, buffered=True)
    assert answer.mimetype == "application/zip"
    assert answer.data.startswith(b"PK")


@pytest.mark.parametrize("wrong", [{"month": "1900-01"}, {"kind": "exe"}, {"purpose": ""}])
def test_what_is_not_offered_is_not_made(
    app: Flask, client: FlaskClient, wrong: dict[str, str]
) -> None:
    enter(app, client)
    assert client.post("/fund/exports", data={**FORM, **wrong}).status_code == 422


def test_an_old_second_factor_is_asked_for_again_se_06(app: Flask, client: FlaskClient) -> None:
    enter(app, client)
    with time_machine.travel(NOW + timedelta(minutes=6)):
        answer = client.post("/fund/exports", data=FORM, buffered=True)
    assert answer.status_code == 303
    assert "/sign-in" in answer.location
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(ExportRun)) == 0


def test_nothing_leaves_when_the_log_fails(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    enter(app, client)

    def fail(*_act: object, **_facts: object) -> None:
        raise LogFailed

    monkeypatch.setattr(leaving, "record", fail)
    answer = client.post("/fund/exports", data=FORM, buffered=True)
    assert answer.status_code == 503
    assert "Content-Disposition" not in answer.headers
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(ExportRun)) == 0


def test_a_sixth_file_within_the_hour_is_refused_wb_15(app: Flask, client: FlaskClient) -> None:
    enter(app, client)
    form = {**FORM, "kind": "csv_audit"}
    for _ in range(5):
        assert client.post("/fund/exports", data=form, buffered=True).status_code == 200
    answer = client.post("/fund/exports", data=form, buffered=True)
    assert answer.status_code == 429
    assert "Wait a little" in answer.text


def test_nobody_else_takes_the_ledger_out(app: Flask) -> None:
    for role in Role:
        if Permission.LEDGER_EXPORT in GRANTS[role]:
            continue
        client = app.test_client()
        enter(app, client, role)
        assert client.get("/fund/exports").status_code == 404, role
        assert client.post("/fund/exports", data=FORM, buffered=True).status_code == 404, role


def test_the_form_of_files_may_be_sent_again(app: Flask, client: FlaskClient) -> None:
    enter(app, client)
    page = client.get("/fund/exports").text
    assert "data-dirty" in page
    assert "data-once" not in page.partition("data-dirty")[0].rpartition("<form")[2]
