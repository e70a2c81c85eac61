"""Refusals and failures are pages that say what to do and give nothing away."""

import logging
import threading
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, render_template_string
from flask.testing import FlaskClient
from sqlalchemy import create_engine, text

from diversion.audit.models import Act
from diversion.audit.services import LOCK, record
from diversion.core import database
from diversion.core.database import db, transaction
from diversion.core.errors import Invalid, NotYours, Refused
from diversion.core.words import _
from diversion.staff.access import public
from diversion.web.fields import TextField
from diversion.web.forms import Form, refused

SECRETS = ("Juniper", "Traceback", "SELECT", "sqlite", "psycopg", ".py", "Werkzeug", "Python")


class NoteForm(Form):
    note = TextField(_("Note"))


@pytest.fixture
def settings(settings: dict[str, Any]) -> dict[str, Any]:
    return {**settings, "PROPAGATE_EXCEPTIONS": False}


@pytest.fixture
def app(own_program: Flask) -> Flask:
    def fails() -> str:
        raise RuntimeError("Juniper Hale")

    def asks_badly() -> str:
        db.session.execute(text("SELECT nothing FROM nowhere WHERE name = 'Juniper'"))
        return ""

    def refuses(kind: str) -> str:
        raise {
            "refused": Refused(_("The roll is closed.")),
            "invalid": Invalid(_("That is no day.")),
            "absent": NotYours(_("Juniper is sealed.")),
        }[kind]

    def writes() -> Any:
        form = NoteForm()
        if form.validate_on_submit():
            with refused(form), transaction():
                record(Act.LOG_READ, by=None)
                return "kept"
        page = "{{ form.note._value() }} {{ form.refusal.sentence if form.refusal else '' }}"
        return render_template_string(page, form=form), form.status

    def writes_plainly() -> str:
        with transaction():
            record(Act.LOG_READ, by=None)
            return "kept"

    own_program.add_url_rule("/fails", "fails", public(fails))
    own_program.add_url_rule("/asks-badly", "asks_badly", public(asks_badly))
    own_program.add_url_rule("/says/<string:kind>", "refuses", public(refuses))
    own_program.add_url_rule("/writes", "writes", public(writes), methods=["GET", "POST"])
    own_program.add_url_rule("/plain", "plain", public(writes_plainly), methods=["POST"])
    return own_program


@pytest.mark.parametrize("path", ["/fails", "/asks-badly"])
def test_a_failure_shows_a_number_and_nothing_else_wb_11(
    client: FlaskClient, path: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR):
        answer = client.get(path)
    assert answer.status_code == 500
    assert not [secret for secret in SECRETS if secret in answer.text]
    number = caplog.records[-1].__dict__["failure"]
    assert len(number) == 8
    assert number in answer.text
    assert "Juniper" not in caplog.text


def test_the_page_of_a_failure_needs_no_database_wb_11(
    app: Flask, client: FlaskClient, tmp_path: Path
) -> None:
    with app.app_context():
        db.engine.dispose()
        broken = create_engine(f"sqlite:///{tmp_path / 'no' / 'such' / 'file'}")
        db.engines[None] = broken
    with client.session_transaction() as cookie:
        cookie["_user_id"] = "someone"
    answer = client.get("/")
    assert answer.status_code == 500
    assert "Something went wrong on our side" in answer.text
    assert not [secret for secret in SECRETS if secret in answer.text]


def test_the_page_of_a_failure_comes_even_without_its_template_wb_11(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(app.jinja_env, "get_template", lambda name: 1 / 0)
    answer = client.get("/fails")
    assert answer.status_code == 500
    assert "<h1>Something went wrong on our side</h1>" in answer.text


@pytest.mark.parametrize(
    ("kind", "status", "sentence"),
    [("refused", 409, "The roll is closed."), ("invalid", 422, "That is no day.")],
)
def test_a_refusal_says_its_sentence(
    client: FlaskClient, kind: str, status: int, sentence: str
) -> None:
    answer = client.get(f"/says/{kind}")
    assert (answer.status_code, sentence in answer.text) == (status, True)


def test_absent_and_not_yours_look_the_same_wb_11(client: FlaskClient) -> None:
    absent, not_yours = client.get("/no/such/page"), client.get("/says/absent")
    assert (absent.status_code, not_yours.status_code) == (404, 404)
    assert absent.text == not_yours.text


@pytest.mark.parametrize("method", ["TRACE", "PUT", "DELETE", "PATCH"])
def test_methods_that_no_page_has_are_405_wb_13(client: FlaskClient, method: str) -> None:
    assert client.open("/help", method=method).status_code == 405


@pytest.mark.parametrize(
    "path",
    [
        "/.git/config", "/.git/HEAD", "/console", "/static/", "/static/any/", "/config.py",
        "/openapi", "/openapi.json", "/?__debugger__=yes&cmd=resource&f=debugger.js",
        "/static/any/..%2f..%2fconfig.py", "/.env",
    ],
)  # fmt: skip
def test_nothing_but_pages_is_served_wb_13(app: Flask, client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code in {303, 404}
    assert "SECRET_KEY" not in answer.text
    assert app.debug is False


class TestLocked:
    """Somebody else holds the write lock for longer than a request waits."""

    @pytest.fixture
    def locked(self, app: Flask, monkeypatch: pytest.MonkeyPatch) -> Any:
        monkeypatch.setattr(database, "BUSY_SECONDS", 0.05)
        with app.app_context():
            db.engine.dispose()
            other = create_engine(db.engine.url)
        with other.connect() as holder:
            if other.dialect.name == "sqlite":
                holder.execution_options(writes=True)
            else:
                holder.execute(text("SELECT pg_advisory_lock(:lock)"), {"lock": LOCK})
            holder.execute(text("SELECT 1"))
            yield
        other.dispose()

    def test_a_form_keeps_what_was_typed_re_13(self, locked: None, client: FlaskClient) -> None:
        answer = client.post("/writes", data={"note": "a long note"})
        assert answer.status_code == 503
        assert "a long note" in answer.text
        assert "The system is busy." in answer.text
        assert answer.headers["Retry-After"] == "5"

    def test_a_page_without_a_form_offers_to_send_it_again_re_13(
        self, locked: None, client: FlaskClient
    ) -> None:
        typed = {"note": 'a "long" note', "password": "not-shown", "csrf_token": "old"}
        answer = client.post("/plain", data=typed)
        assert answer.status_code == 503
        assert answer.headers["Retry-After"] == "5"
        assert 'name="note" value="a &#34;long&#34; note"' in answer.text
        assert "not-shown" not in answer.text
        assert 'value="old"' not in answer.text


def test_a_form_that_came_twice_at_once_is_answered_twice(app: Flask) -> None:
    """Two threads write at once; the lock makes them take turns."""
    answers: list[int] = []

    def send() -> None:
        answers.append(app.test_client().post("/writes", data={"note": "x"}).status_code)

    threads = [threading.Thread(target=send) for _number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [200, 200]
