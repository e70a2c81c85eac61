"""The guard is closed by default and reads the session row at every request."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from diversion.core.database import db, transaction
from diversion.core.errors import NotYours
from diversion.core.tracks import Track
from diversion.staff.access import fresh_factor, public, requires, signed_in, signed_in_only
from diversion.staff.permissions import GRANTS, SIDES, TRACK_OF, Permission, Role
from diversion.staff.sessions import SignInSession
from tests.factories.staff import make_staff, sign_in

NOON = datetime(2026, 11, 23, 20, 0, tzinfo=UTC)


@pytest.fixture
def app(own_program: Flask) -> Flask:
    own_program.register_error_handler(NotYours, lambda error: (str(error), 404))
    own_program.add_url_rule("/open", "open", public(lambda: "open"))
    own_program.add_url_rule("/forgotten", "forgotten", lambda: "forgotten")
    own_program.add_url_rule("/mine", "mine", signed_in_only(lambda: signed_in().name))
    own_program.add_url_rule("/money", "money", requires(Permission.FEE_READ)(lambda: "money"))
    own_program.add_url_rule(
        "/court-only", "court", requires(Permission.COURT_FIND)(lambda: "court")
    )
    grave = fresh_factor(requires(Permission.FEE_READ)(lambda: "grave"))
    own_program.add_url_rule("/grave", "grave", grave, methods=["GET", "POST"])
    return own_program


def _person(app: Flask, client: FlaskClient, *roles: Role, track: Track | None = None) -> str:
    with app.app_context(), transaction():
        person = make_staff(*roles, track=track)
    return sign_in(client, person)


def test_a_view_that_names_nobody_is_closed(app: Flask, client: FlaskClient) -> None:
    _person(app, client, Role.ADMINISTRATOR)
    assert client.get("/forgotten").status_code == 404


def test_a_stranger_is_sent_to_sign_in_and_back(client: FlaskClient) -> None:
    assert client.get("/open").text == "open"
    answer = client.get("/mine?page=2")
    assert (answer.status_code, answer.location) == (303, "/sign-in?next=/mine?page%3D2")


def test_a_permission_opens_its_pages_alone(app: Flask, client: FlaskClient) -> None:
    _person(app, client, Role.FINANCE_CLERK)
    assert client.get("/mine").text == "Rosa Delgado"
    assert client.get("/money").text == "money"
    closed, absent = client.get("/court-only"), client.get("/nothing-is-here")
    assert (closed.status_code, absent.status_code) == (404, 404)


def test_a_deputy_reads_one_side_at_a_time(app: Flask, client: FlaskClient) -> None:
    _person(app, client, Role.DEPUTY_DA, track=Track.SBAD)
    assert client.get("/money").status_code == 200
    assert client.get("/court-only").status_code == 404


def test_a_deputy_who_chose_no_side_reads_none(app: Flask, client: FlaskClient) -> None:
    _person(app, client, Role.DEPUTY_DA)
    assert client.get("/money").status_code == 404
    assert client.get("/court-only").status_code == 404


@pytest.mark.parametrize("pause", [15 * 60 + 1, 16 * 60])
def test_a_session_ends_when_idle_se_03(app: Flask, client: FlaskClient, pause: int) -> None:
    with time_machine.travel(NOON, tick=False) as travel:
        _person(app, client, Role.FINANCE_CLERK)
        travel.shift(timedelta(minutes=14, seconds=59))
        assert client.get("/mine").status_code == 200
        travel.shift(timedelta(minutes=14, seconds=59))
        assert client.get("/mine").status_code == 200
        travel.shift(timedelta(seconds=pause))
        assert client.get("/mine").status_code == 303


def test_a_session_ends_after_ten_hours_however_busy_se_03(app: Flask, client: FlaskClient) -> None:
    with time_machine.travel(NOON, tick=False) as travel:
        _person(app, client, Role.FINANCE_CLERK)
        for _ in range(60):
            travel.shift(timedelta(minutes=10))
            assert client.get("/mine").status_code == 200
        travel.shift(timedelta(seconds=1))
        assert client.get("/mine").status_code == 303


def test_a_page_that_asks_by_itself_does_not_lengthen_a_session_se_03(
    app: Flask, client: FlaskClient
) -> None:
    with time_machine.travel(NOON, tick=False) as travel:
        _person(app, client, Role.FINANCE_CLERK)
        for _ in range(3):
            travel.shift(timedelta(minutes=5))
            client.get("/mine", headers={"X-Diversion-Poll": "1"})
        travel.shift(timedelta(seconds=1))
        assert client.get("/mine").status_code == 303


def test_the_last_use_is_written_once_a_minute_se_03(app: Flask, client: FlaskClient) -> None:
    def written() -> datetime:
        with app.app_context():
            return db.session.query(SignInSession.active_at).scalar()

    with time_machine.travel(NOON, tick=False) as travel:
        _person(app, client, Role.FINANCE_CLERK)
        travel.shift(timedelta(seconds=59))
        client.get("/mine")
        assert written() == NOON
        travel.shift(timedelta(seconds=1))
        client.get("/mine")
        assert written() == NOON + timedelta(minutes=1)


def test_a_clock_set_back_ends_the_session_rather_than_lengthen_it(
    app: Flask, client: FlaskClient
) -> None:
    with time_machine.travel(NOON, tick=False) as travel:
        _person(app, client, Role.FINANCE_CLERK)
        travel.shift(timedelta(hours=-1))
        assert client.get("/mine").status_code == 303


@pytest.mark.parametrize("method", ["get", "post"])
def test_what_weighs_much_asks_for_the_factor_again_se_06(
    app: Flask, client: FlaskClient, method: str
) -> None:
    with time_machine.travel(NOON, tick=False) as travel:
        _person(app, client, Role.FINANCE_CLERK)
        travel.shift(timedelta(minutes=5))
        assert getattr(client, method)("/grave").text == "grave"
        travel.shift(timedelta(seconds=1))
        answer = getattr(client, method)("/grave")
        assert answer.status_code == 303
        assert answer.location.startswith("/sign-in/again")


def test_the_cookie_is_bound_to_the_host_and_names_nobody_se_01(app: Flask) -> None:
    assert app.config["SESSION_COOKIE_NAME"] == "sid"
    assert app.config["SESSION_COOKIE_HTTPONLY"] is True
    assert app.config["SESSION_COOKIE_SAMESITE"] == "Lax"


def test_every_role_and_permission_is_in_its_table() -> None:
    assert set(GRANTS) == set(SIDES) == set(Role)
    assert frozenset().union(*GRANTS.values()) == set(Permission)
    names = [p.name for p in Permission]
    assert names == sorted(names)


def test_a_role_opens_no_page_on_a_side_where_it_reads_nobody() -> None:
    for role, granted in GRANTS.items():
        for permission in granted & TRACK_OF.keys():
            assert TRACK_OF[permission] in SIDES[role], (role, permission)
