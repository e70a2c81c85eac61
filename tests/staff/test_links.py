"""A link sets a password once, for its time, and opens nothing else."""

from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text

from diversion.core import clock
from diversion.core.database import db, transaction
from diversion.staff.permissions import Role
from diversion.staff.sign_in.models import LinkKind
from diversion.staff.sign_in.services import found, make_link
from tests.factories.accounts import EMAIL, PASSWORD, code, make_account, type_code, type_password
from tests.factories.staff import make_staff, sign_in

NEW = "seven quiet herons at dusk"
SPENT = "This link was used, is too old, or a newer one was made."


def _link(app: Flask, kind: LinkKind = LinkKind.RESET) -> str:
    with app.app_context(), transaction():
        person = found(EMAIL)
        assert person is not None
        return make_link(person, kind, by=None, now=clock.now())


def _use(
    client: FlaskClient, token: str, password: str = NEW, notice: str = "y"
) -> tuple[int, str]:
    answer = client.post(f"/sign-in/welcome/{token}", data={"password": password, "notice": notice})
    return answer.status_code, answer.location or answer.text


def test_who_comes_by_a_link_acknowledges_the_notice_too_au_13(
    app: Flask, client: FlaskClient
) -> None:
    make_account(app)
    token = _link(app)
    status, page = _use(client, token, notice="")
    assert (status, "for your work only." in page) == (422, True)
    assert _use(client, token)[0] == 303


def test_a_reset_still_asks_for_the_second_step_au_11(app: Flask, client: FlaskClient) -> None:
    seed = make_account(app)
    token = _link(app)
    assert client.get(f"/sign-in/welcome/{token}").status_code == 200
    assert _use(client, token) == (303, "/sign-in/code")
    assert client.get("/account").location.startswith("/sign-in/code")
    assert client.get("/sign-in/factor").location.startswith("/sign-in/again")
    assert type_code(client, code(seed)).status_code == 303
    assert client.get("/account").status_code == 200


def test_a_reset_ends_the_old_password_and_its_sessions_au_11(
    app: Flask, client: FlaskClient
) -> None:
    make_account(app)
    thief = app.test_client()
    with app.app_context():
        person = found(EMAIL)
    assert person is not None
    sign_in(thief, person)
    _use(client, _link(app))
    assert thief.get("/account").status_code == 303
    assert type_password(app.test_client(), password=PASSWORD).status_code == 422
    assert type_password(app.test_client(), password=NEW).status_code == 303


def test_the_administrator_gets_a_link_and_no_password_au_11(
    app: Flask, client: FlaskClient
) -> None:
    make_account(app)
    app.config["PUBLIC_ADDRESS"] = "https://diversion.county.example"
    with app.app_context(), transaction():
        ada = make_staff(Role.ADMINISTRATOR)
        person = found(EMAIL)
    assert person is not None
    sign_in(client, ada)
    page = client.post(f"/staff/{person.handle}/link")
    assert "https://diversion.county.example/sign-in/welcome/" in page.text
    assert 'type="password"' not in client.get(f"/staff/{person.handle}").text


def test_a_link_works_once_au_12(app: Flask, client: FlaskClient) -> None:
    make_account(app)
    token = _link(app)
    assert _use(client, token)[0] == 303
    status, page = _use(app.test_client(), token, "another good one at dusk")
    assert (status, SPENT in page) == (409, True)


@pytest.mark.parametrize(
    ("kind", "life"),
    [
        (LinkKind.RESET, timedelta(minutes=30)), (LinkKind.INVITE, timedelta(minutes=30)),
        (LinkKind.FIRST, timedelta(hours=24)),
    ],
)  # fmt: skip
def test_a_link_lives_its_time_au_12(
    app: Flask, client: FlaskClient, the_day: time_machine.Traveller, kind: LinkKind,
    life: timedelta,
) -> None:  # fmt: skip
    make_account(app)
    token = _link(app, kind)
    the_day.shift(life - timedelta(seconds=30))
    assert client.get(f"/sign-in/welcome/{token}").status_code == 200
    the_day.shift(timedelta(seconds=31))
    assert client.get(f"/sign-in/welcome/{token}").status_code == 409


def test_a_newer_link_kills_the_older_au_12(app: Flask, client: FlaskClient) -> None:
    make_account(app)
    older, newer = _link(app), _link(app)
    assert client.get(f"/sign-in/welcome/{older}").status_code == 409
    assert client.get(f"/sign-in/welcome/{newer}").status_code == 200


def test_only_the_hash_of_a_link_is_kept_au_12(app: Flask) -> None:
    make_account(app)
    token = _link(app)
    assert len(token) >= 43
    with app.app_context():
        row = db.session.execute(text("SELECT * FROM one_time_link")).mappings().one()
    assert token not in {str(value) for value in row.values()}


@pytest.mark.parametrize("header", ["X-Forwarded-Host", "X-Host", "Forwarded", "X-Original-Host"])
def test_no_header_alters_the_link_au_12(app: Flask, client: FlaskClient, header: str) -> None:
    make_account(app)
    app.config["PUBLIC_ADDRESS"] = "https://diversion.county.example"
    with app.app_context(), transaction():
        ada = make_staff(Role.ADMINISTRATOR)
        person = found(EMAIL)
    assert person is not None
    sign_in(client, ada)
    value = "host=evil.example" if header == "Forwarded" else "evil.example"
    page = client.post(f"/staff/{person.handle}/link", headers={header: value})
    assert "https://diversion.county.example/sign-in/welcome/" in page.text
    assert "evil.example" not in page.text
    forged = client.post(f"/staff/{person.handle}/link", headers={"Host": "evil.example"})
    assert forged.status_code == 400


@pytest.mark.parametrize("password", ["short", "password12345", "rosa under the stairs", "x" * 129])
def test_a_bad_password_leaves_the_link_alive(
    app: Flask, client: FlaskClient, password: str
) -> None:
    make_account(app)
    token = _link(app)
    assert _use(client, token, password)[0] == 422
    assert _use(client, token)[0] == 303
