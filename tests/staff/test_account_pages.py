"""People see and change their own account, and a deputy works on one side at a time."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from diversion.audit.models import AuditRow
from diversion.core.database import db, transaction
from diversion.core.tracks import Track
from diversion.staff.models import Staff
from diversion.staff.permissions import Role
from tests.factories.accounts import EMAIL, PASSWORD, code, make_account, type_code, type_password
from tests.factories.staff import make_staff, sign_in


def test_a_deputy_chooses_a_side_after_signing_in_and_the_log_says_so(
    app: Flask, client: FlaskClient
) -> None:
    seed = make_account(app, Role.DEPUTY_DA)
    type_password(client)
    assert type_code(client, code(seed)).location == "/account/side"
    assert client.get("/classes/participants").status_code == 404
    client.post("/account/side", data={"side": "sbad"})
    assert client.get("/classes/participants").status_code == 200
    assert client.get("/court/participants").status_code == 404
    client.post("/account/side", data={"side": "community_court"})
    assert client.get("/classes/participants").status_code == 404
    assert client.get("/court/participants").status_code == 200
    with app.app_context():
        acts = list(db.session.scalars(select(AuditRow.act)))
    assert acts.count("track_chosen") == 2


def test_a_deputy_without_a_side_is_led_to_the_choice(app: Flask, client: FlaskClient) -> None:
    with app.app_context(), transaction():
        deputy = make_staff(Role.DEPUTY_DA)
    sign_in(client, deputy)
    answer = client.get("/")
    assert (answer.status_code, answer.location) == (303, "/account/side")
    client.post("/account/side", data={"side": "sbad"})
    assert client.get("/").status_code == 200


@pytest.mark.parametrize("role", [Role.COURT_COORDINATOR, Role.FINANCE_CLERK, Role.ADMINISTRATOR])
def test_nobody_else_has_a_side_to_choose(app: Flask, client: FlaskClient, role: Role) -> None:
    with app.app_context(), transaction():
        person = make_staff(role)
    sign_in(client, person)
    assert client.get("/account/side").status_code == 404
    assert client.post("/account/side", data={"side": "sbad"}).status_code == 404


def test_the_side_belongs_to_one_session(app: Flask, client: FlaskClient) -> None:
    with app.app_context(), transaction():
        deputy = make_staff(Role.DEPUTY_DA)
    sign_in(client, deputy, track=Track.SBAD)
    other = app.test_client()
    sign_in(other, deputy, track=Track.COMMUNITY_COURT)
    assert client.get("/classes/participants").status_code == 200
    assert other.get("/classes/participants").status_code == 404


def test_one_ends_ones_own_sessions_and_nobody_elses(app: Flask, client: FlaskClient) -> None:
    with app.app_context(), transaction():
        rosa, mae = make_staff(Role.FINANCE_CLERK), make_staff(name="Mae Lind")
    sign_in(client, rosa)
    lost, foreign = app.test_client(), app.test_client()
    mine, theirs = sign_in(lost, rosa), sign_in(foreign, mae)
    assert client.post(f"/account/sessions/{mine}/end").status_code == 303
    assert lost.get("/account").status_code == 303
    assert client.post(f"/account/sessions/{theirs}/end").status_code == 404
    assert foreign.get("/account").status_code == 200


def test_shortcuts_are_turned_off_and_on(app: Flask, client: FlaskClient) -> None:
    with app.app_context(), transaction():
        rosa = make_staff(Role.FINANCE_CLERK)
    sign_in(client, rosa)
    for sent, kept in (({"csrf_token": "x"}, False), ({"shortcuts": "y"}, True)):
        assert client.post("/account", data=sent).status_code == 303
        with app.app_context():
            assert db.session.scalars(select(Staff.shortcuts)).one() is kept
    assert "Saved." in client.get("/account").text
    assert "Saved." not in client.get("/account").text


def test_the_present_password_is_asked_for_before_a_new_one(
    app: Flask, client: FlaskClient
) -> None:
    seed = make_account(app)
    type_password(client)
    type_code(client, code(seed))
    typed = {"present": "not my password", "password": "seven quiet herons at dusk"}
    answer = client.post("/account/password", data=typed)
    assert answer.status_code == 422
    assert "This is not your present password." in answer.text
    assert type_password(app.test_client(), EMAIL, PASSWORD).status_code == 303
