"""The message for the next page is kept with the act that it tells about, and shown once."""

from collections.abc import Generator
from contextlib import contextmanager
from typing import Any

import pytest
from flask import Flask, redirect, render_template_string
from flask.testing import FlaskClient
from sqlalchemy import Connection, event
from sqlalchemy.engine import Engine

from diversion.audit.models import Act
from diversion.audit.services import record
from diversion.core.database import transaction
from diversion.core.words import _
from diversion.staff.access import signed_in, signed_in_only
from diversion.web.flash import flash_done
from tests.factories.staff import make_staff, sign_in

SHOWN = "{% set note = flash_note() %}[{{ note.text if note }}]"


@pytest.fixture
def app(own_program: Flask) -> Flask:
    def act(how: str) -> Any:
        with transaction():
            record(Act.LOG_READ, by=signed_in())
            if how != "after":
                flash_done(_("It is kept."))
            if how == "fails":
                raise RuntimeError
        if how == "after":
            flash_done(_("It is kept."))
        return render_template_string(SHOWN) if how == "shown" else redirect("/look", 303)

    def look() -> str:
        return render_template_string(SHOWN)

    own_program.config["PROPAGATE_EXCEPTIONS"] = False
    own_program.add_url_rule("/acts/<how>", "act", signed_in_only(act))
    own_program.add_url_rule("/look", "look", signed_in_only(look))
    return own_program


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    client = app.test_client()
    with app.app_context():
        with transaction():
            staff = make_staff()
        sign_in(client, staff)
    return client


@contextmanager
def _commits() -> Generator[list[object]]:
    found: list[object] = []

    def note(connection: Connection) -> None:
        found.append(connection)

    event.listen(Engine, "commit", note)
    yield found
    event.remove(Engine, "commit", note)


def test_an_act_and_its_message_are_one_commit(client: FlaskClient) -> None:
    with _commits() as found:
        assert client.get("/acts/within").status_code == 303
    assert len(found) == 1
    assert client.get("/look").text == "[It is kept.]"
    assert client.get("/look").text == "[]"


def test_a_message_after_the_act_is_kept_too(client: FlaskClient) -> None:
    assert client.get("/acts/after").status_code == 303
    assert client.get("/look").text == "[It is kept.]"
    assert client.get("/look").text == "[]"


def test_a_message_that_the_page_itself_shows_is_not_shown_again(client: FlaskClient) -> None:
    assert client.get("/acts/shown").text == "[It is kept.]"
    assert client.get("/look").text == "[]"


def test_an_act_that_failed_leaves_no_message(client: FlaskClient) -> None:
    assert client.get("/acts/fails").status_code == 500
    assert client.get("/look").text == "[]"
