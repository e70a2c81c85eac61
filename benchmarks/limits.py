"""The limits: the least that any program of this stack must do for the same job."""

import hashlib
import secrets
import sqlite3
import tempfile
from functools import partial
from pathlib import Path

from flask import Flask, request
from jinja2 import Environment
from sqlalchemy import Engine, create_engine, text

from benchmarks.timing import Job

PAGE = Environment(autoescape=True).from_string(
    "<!doctype html><title>Roll</title><table>{% for row in rows %}<tr><td>{{ row.place }}</td>"
    "<td>{{ row.name }}</td><td>{{ row.value }}</td></tr>{% endfor %}</table>"
)


def signed_in_page(rows: int = 40) -> Job:
    """Make the job: check a session row, fetch `rows` rows by Core, fill a template."""
    engine = create_engine(f"sqlite:///{_folder() / 'limit.sqlite3'}")
    token = secrets.token_urlsafe(32)
    _fill(engine, _hash(token), rows)
    app = Flask(__name__)

    @app.get("/roll/<int:roll>")
    def page(roll: int) -> str:
        with engine.connect() as connection:
            checked = {"h": _hash(request.cookies["sid"])}
            connection.execute(text("select staff from session where hash = :h"), checked).one()
            found = connection.execute(
                text("select place, name, value from mark where roll = :r order by place"),
                {"r": roll},
            ).all()
        return PAGE.render(rows=found)

    client = app.test_client()
    client.set_cookie("sid", token)
    return partial(client.get, "/roll/7")


def hello_and_full_mark() -> Job:
    """Make the job: a WSGI call that says hello, and one durable insert of a mark and a log row."""
    connection = sqlite3.connect(_folder() / "limit.sqlite3", isolation_level=None)
    connection.execute("PRAGMA journal_mode=TRUNCATE")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("create table mark(id integer primary key, roll, place, value, at)")
    connection.execute("create table log(seq integer primary key, actor, act, object, mac)")
    app = Flask(__name__)
    app.add_url_rule("/", view_func=lambda: "hello")
    client = app.test_client()

    def job() -> None:
        client.get("/")
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("insert into mark(roll, place, value, at) values (7, 3, 'here', 'now')")
        connection.execute("insert into log(actor, act, object, mac) values (1, 'mark', 'r', 'x')")
        connection.execute("COMMIT")

    return job


def _fill(engine: Engine, hashed: str, rows: int) -> None:
    marks = [{"r": roll, "p": place} for roll in range(50) for place in range(rows)]
    with engine.begin() as connection:
        connection.execute(text("create table session(hash text primary key, staff integer)"))
        connection.execute(text("insert into session values (:h, 1)"), {"h": hashed})
        connection.execute(
            text("create table mark(id integer primary key, roll int, place int, name, value)")
        )
        connection.execute(
            text("insert into mark(roll, place, name, value) values (:r, :p, 'A name', 'here')"),
            marks,
        )
        connection.execute(text("create index ix_mark_roll on mark(roll)"))


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _folder() -> Path:
    return Path(tempfile.mkdtemp(prefix="dvlimit"))
