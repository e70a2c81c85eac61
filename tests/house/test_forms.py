"""A form reads its own fields and nothing else, whatever is sent beside them."""

import logging
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from diversion.core.database import db, transaction
from diversion.staff.models import Staff, StaffStatus
from diversion.staff.permissions import Role
from diversion.web.forms import Form
from tests.factories.staff import make_staff, sign_in

FOREIGN = {
    "balance": "0", "is_admin": "1", "staff_id": "1", "track": "sbad", "participant_id": "1",
    "roles_": "administrator", "password_hash": "x", "amount_cents": "1", "state": "completed",
}  # fmt: skip


def _forms(base: type[Form] = Form) -> Iterator[type[Form]]:
    for form in base.__subclasses__():
        yield form
        yield from _forms(form)


def test_no_form_has_a_field_for_what_the_program_alone_decides_az_04(app: Flask) -> None:
    decided = {"is_admin", "staff_id", "participant_id", "password_hash", "balance", "amount_cents"}
    named = {
        f"{form.__module__}.{form.__name__}.{name}"
        for form in _forms()
        for name in dir(form)
        if name in decided
    }
    assert named == set()


def test_what_a_form_does_not_have_is_ignored_and_logged_az_04(
    app: Flask, client: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    with app.app_context(), transaction():
        ada = make_staff(Role.ADMINISTRATOR)
        mae = make_staff(name="Mae Lind")
    sign_in(client, ada)
    sent = {**FOREIGN, "role": "auditor", "in_force_at": "2026-01-01", "confirmed_by_id": "1"}
    with caplog.at_level(logging.WARNING, "diversion.web.forms"):
        assert client.post(f"/staff/{mae.handle}/roles", data=sent).status_code == 303
    assert any("unknown fields" in record.message for record in caplog.records)
    with app.app_context():
        person = db.session.scalars(select(Staff).where(Staff.handle == mae.handle)).one()
        assert person.roles == frozenset()
        assert person.grants[0].is_waiting
        assert person.password_hash is None


def test_an_invitation_cannot_bring_a_role_in_force_az_04(app: Flask, client: FlaskClient) -> None:
    with app.app_context(), transaction():
        ada = make_staff(Role.ADMINISTRATOR)
    sign_in(client, ada)
    page = client.get("/staff/invite").text
    key = page.split('name="op" type="hidden" value="')[1].split('"')[0]
    sent = {
        **FOREIGN, "op": key, "name": "Lia Moss", "email": "lia@county.example",
        "roles": ["administrator"], "status": "active", "side": "both",
    }  # fmt: skip
    assert client.post("/staff/invite", data=sent).status_code == 200
    with app.app_context():
        lia = db.session.scalars(select(Staff).where(Staff.name == "Lia Moss")).one()
        assert (lia.status, lia.roles, lia.side) == (StaffStatus.INVITED, frozenset(), None)
