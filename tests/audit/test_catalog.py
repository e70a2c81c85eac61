"""Whatever is done is in the log: each act of the catalog, every form that changes a row."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from diversion.audit.models import Act, AuditRow
from diversion.core import paths
from diversion.core.database import db, transaction
from diversion.staff.models import RoleGrant
from diversion.staff.permissions import Role
from tests import recorded
from tests.factories.accounts import PASSWORD, code, make_account, type_code, type_password
from tests.factories.staff import make_staff, sign_in

CATALOG = paths.PACKAGE / "audit" / "models.py"


def test_every_act_of_the_catalog_is_recorded_somewhere_ad_04() -> None:
    sources = [p.read_text(encoding="utf-8") for p in paths.PACKAGE.rglob("*.py") if p != CATALOG]
    written = set(re.findall(r"\bAct\.([A-Z_]+)\b", "\n".join(sources)))
    assert {act.name for act in Act} == written


def test_a_form_that_changes_something_unrecorded_is_caught_ad_04(app: Flask) -> None:
    with app.test_request_context("/", method="POST"):
        with pytest.raises(recorded.Unrecorded), transaction():
            make_staff()
        db.session.remove()
    with app.test_request_context("/"), transaction():
        make_staff()


def _count(app: Flask) -> dict[str, int]:
    with app.app_context():
        counted = select(AuditRow.act, func.count()).group_by(AuditRow.act)
        return {str(act): int(number) for act, number in db.session.execute(counted)}


def test_coming_in_and_leaving_are_each_in_the_log_once_ad_04(
    app: Flask, client: FlaskClient
) -> None:
    """Success and failure of each step. Source: CJIS 5.9.5, AU-2."""
    seed = make_account(app)
    type_password(client, password="a wrong password here")
    type_password(client)
    type_code(client, "000000")
    type_code(client, code(seed))
    client.get("/staff")
    changed = {"present": PASSWORD, "password": "nine copper kettles sing"}
    client.post("/account/password", data=changed)
    client.post("/sign-out")
    found = _count(app)
    once = {Act.SIGNED_IN, Act.SIGNED_OUT, Act.PASSWORD_SET, Act.ACCESS_REFUSED}
    assert {act: found.get(act) for act in once} == dict.fromkeys(once, 1)
    assert found[Act.SIGN_IN_FAILED] == 2


def test_giving_and_taking_power_is_in_the_log_once_ad_04(app: Flask, client: FlaskClient) -> None:
    with app.app_context(), transaction():
        ada = make_staff(Role.ADMINISTRATOR)
        leo = make_staff(Role.ADMINISTRATOR, name="Leo Castile")
        mae = make_staff(name="Mae Lind")
        there = f"/staff/{mae.handle}"
    sign_in(client, ada)
    client.post(f"{there}/roles", data={"role": Role.AUDITOR.value})
    with app.app_context():
        query = select(RoleGrant.handle).where(RoleGrant.staff_id == mae.id)
        grant = db.session.scalars(query).one()
    assert client.post(f"{there}/roles/{grant}/confirm").status_code == 409  # needs somebody else
    sign_in(client, leo)
    client.post(f"{there}/roles/{grant}/confirm")
    client.post(f"{there}/roles/{grant}/remove")
    client.post(f"{there}/link")
    client.post(f"{there}/disable")
    found = _count(app)
    once = {Act.ROLE_ASKED, Act.ROLE_GRANTED, Act.ROLE_REMOVED, Act.LINK_MADE, Act.ACCOUNT_DISABLED}
    assert {act: found.get(act) for act in once} == dict.fromkeys(once, 1)
