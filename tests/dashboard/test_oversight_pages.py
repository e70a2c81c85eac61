"""The log is read by those who watch over it, each as far as it concerns them."""

from datetime import UTC, datetime

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from diversion.audit.models import Act, AuditRow
from diversion.audit.services import record
from diversion.core.database import db, transaction
from diversion.core.tracks import public_number
from diversion.dashboard.oversight.rules import ADMINISTRATORS_SEE, visible_acts
from diversion.staff.permissions import Role
from tests.factories.staff import make_staff, sign_in

NUMBER = public_number(2026, 417)
OTHER = public_number(2026, 418)
ABOUT_PEOPLE = (
    "participant", "file_", "names_", "search", "roll_", "roster", "receipt", "fee_", "upload",
    "account_opened", "accounts_listed", "import", "intake", "setting_", "outcome",
    "registration", "referral", "attendance", "assignment", "block",
)  # fmt: skip


@pytest.fixture
def app(app: Flask) -> Flask:
    with app.app_context(), transaction():
        clerk = make_staff(Role.FINANCE_CLERK, name="Helen Park")
        record(Act.FILE_OPENED, f"participant:{NUMBER}", by=clerk)
        record(Act.FILE_OPENED, f"participant:{OTHER}", by=clerk)
        record(Act.SIGNED_IN, f"staff:{clerk.handle}", by=clerk)
    return app


def _enter(app: Flask, client: FlaskClient, role: Role) -> None:
    with app.app_context(), transaction():
        person = make_staff(role)
    sign_in(client, person)


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.PRIVACY_OFFICER])
def test_those_who_watch_read_everything(app: Flask, client: FlaskClient, role: Role) -> None:
    _enter(app, client, role)
    page = client.get("/oversight/log").text
    assert f"participant:{NUMBER}" in page
    assert "Helen Park" in page
    one = client.get(f"/oversight/log?about={OTHER}").text
    assert f"participant:{OTHER}" in one
    assert f"participant:{NUMBER}" not in one


def test_an_administrator_reads_of_the_system_alone(app: Flask, client: FlaskClient) -> None:
    _enter(app, client, Role.ADMINISTRATOR)
    for query in ("", f"?about={NUMBER}", "?act=file_opened"):
        page = client.get(f"/oversight/log{query}").text
        assert "participant:" not in page
    assert "Signed in" in client.get("/oversight/log").text


@pytest.mark.parametrize(
    "role", sorted(set(Role) - {Role.ADMINISTRATOR, Role.AUDITOR, Role.PRIVACY_OFFICER})
)
def test_nobody_else_reads_it(app: Flask, client: FlaskClient, role: Role) -> None:
    _enter(app, client, role)
    assert client.get("/oversight/log").status_code == 404


def test_administrators_see_no_act_about_people() -> None:
    assert [act for act in ADMINISTRATORS_SEE if act.startswith(ABOUT_PEOPLE)] == []
    assert visible_acts(may_read_all=True) == frozenset(Act)


def test_reading_the_log_is_recorded(app: Flask, client: FlaskClient) -> None:
    _enter(app, client, Role.AUDITOR)
    client.get("/oversight/log")
    with app.app_context():
        last = db.session.scalars(select(AuditRow).order_by(AuditRow.seq.desc())).first()
        assert last is not None
        assert last.act == Act.LOG_READ


@pytest.mark.parametrize(
    ("query", "status"),
    [("?since=soon", 422), ("?about=26", 422), ("?act=nothing", 422), ("?who=nobody", 422),
     ("?before=-1", 200), ("?before=99999999999999999999", 200), ("?since=today&until=today", 200)],
)  # fmt: skip
def test_filters_are_read_or_said_to_be_wrong_wb_14(
    app: Flask, client: FlaskClient, query: str, status: int
) -> None:
    _enter(app, client, Role.AUDITOR)
    answer = client.get(f"/oversight/log{query}")
    assert answer.status_code == status
    assert ("thing to mend" in answer.text or "things to mend" in answer.text) is (status == 422)


def test_older_rows_are_a_page_away(app: Flask, client: FlaskClient) -> None:
    with app.app_context(), transaction():
        clerk = make_staff(Role.FINANCE_CLERK)
        for _number in range(60):
            record(Act.SIGNED_OUT, f"staff:{clerk.handle}", by=clerk)
    _enter(app, client, Role.AUDITOR)
    first = client.get("/oversight/log?act=signed_out").text
    assert first.count('<th scope="row">') == 50
    link = first.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
    assert client.get(link).text.count('<th scope="row">') == 10


def test_days_are_the_courts(app: Flask, client: FlaskClient) -> None:
    with time_machine.travel(datetime(2026, 11, 25, 6, 30, tzinfo=UTC)):  # the evening before, here
        with app.app_context(), transaction():
            clerk = make_staff(Role.FINANCE_CLERK, name="Late Worker")
            record(Act.SIGNED_OUT, by=clerk)
        _enter(app, client, Role.AUDITOR)
        page = client.get("/oversight/log?act=signed_out&since=11/24/2026&until=11/24/2026").text
        assert "Signed out" in page.split("<tbody>")[1]
        none = client.get("/oversight/log?act=signed_out&since=11/25/2026").text
        assert "No rows for this choice." in none
