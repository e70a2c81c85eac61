"""Make a county of a chosen size for the measurements, with one class of today."""

import tempfile
from dataclasses import dataclass
from datetime import time
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event
from sqlalchemy.engine import Engine

from benchmarks.timing import Job
from diversion.app import create_app
from diversion.core import clock
from diversion.core.database import db, transaction
from diversion.sbad.classes import services as classes
from diversion.staff.models import Staff
from diversion.staff.permissions import Role
from tests import databases
from tests.factories import sbad
from tests.factories.staff import make_staff, sign_in


@dataclass(frozen=True)
class Class:
    """A program with one class of today, and its instructor's browser."""

    app: Flask
    client: FlaskClient
    handle: str
    registrations: tuple[str, ...]


def empty(url: str = "") -> Flask:
    """Make the program on an empty database, or on a fresh one of SQLite."""
    folder = Path(tempfile.mkdtemp(prefix="dvbench"))
    url = url or f"sqlite:///{folder / 'county' / 'diversion.sqlite3'}"
    (folder / "county").mkdir()
    databases.migrate(url, folder)
    return create_app({**databases.settings(folder), "DATABASE_URL": url})


def with_a_class(people: int) -> Class:
    """Make the program on a fresh SQLite database with a class of `people`."""
    app = empty()
    with app.app_context(), transaction():
        instructor, day, rows = a_class(app, people)
    client = app.test_client()
    sign_in(client, instructor)
    return Class(app, client, day, rows)


def a_class(app: Flask, people: int) -> tuple[Staff, str, tuple[str, ...]]:
    """Add a class of today; return its instructor, its handle and those of its registrations."""
    by, teacher = make_staff(Role.SBAD_COORDINATOR), make_staff(Role.INSTRUCTOR)
    zone = app.config["COURT_ZONE"]
    today = clock.today(zone)
    wanted = classes.Plan(
        sbad.make_course(by), today, time(9), time(16), None, people, "en", [teacher]
    )
    day = classes.plan(wanted, zone=zone, by=by, on=today)
    rows = sbad.make_roster(day, by, people)
    db.session.flush()
    return teacher, day.handle, tuple(row.handle for row in rows)


class Statements:
    """Count the statements that a block of work sends."""

    def __init__(self) -> None:
        self.count = 0

    def __enter__(self) -> "Statements":
        event.listen(Engine, "before_cursor_execute", self._one)
        return self

    def __exit__(self, *_: object) -> None:
        event.remove(Engine, "before_cursor_execute", self._one)

    def _one(self, *_: object) -> None:
        self.count += 1


def statements(job: Job) -> int:
    """Count the statements of one run after a first one."""
    job()
    with Statements() as counted:
        job()
    return counted.count
