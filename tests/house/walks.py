"""Walk the fictional county as everybody once in a run, for all tests that look at its pages."""

import pickle
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, select
from sqlalchemy.engine import Engine

from diversion.app import create_app
from diversion.core.database import db
from diversion.core.tracks import Track
from diversion.staff.models import Staff
from diversion.staff.permissions import Role
from tests import counties, recorded
from tests.factories.staff import sign_in
from tests.house.reach import Pages, walk


@dataclass(frozen=True)
class Walks:
    """What each who works in the county reached, by mail address, and which tables it changed.

    Who has the role of somebody before them sees the same pages: two of each kind are opened.
    """

    pages: dict[str, Pages]
    changed: set[str]


def by_everybody(folders: pytest.TempPathFactory) -> Walks:
    """Return what came back on a walk as each who works in the county."""
    county = counties.fictional(folders)
    kept = county.with_name("walks")
    with counties.alone(county.parent):
        if not kept.exists():
            kept.write_bytes(pickle.dumps(_walked(county)))
    found: Walks = pickle.loads(kept.read_bytes())  # noqa: S301 (this run's own)
    return found


def _walked(county: Path) -> Walks:
    program = create_app(counties.settings(county))
    with program.app_context():
        staff = [(each, side(each)) for each in db.session.scalars(select(Staff))]
    found = Walks({}, set())
    of_role: dict[frozenset[Role], Pages] = {}
    for person, track in staff:
        client = program.test_client()
        sign_in(client, person, track=track)
        with _noted(found.changed):
            pages = walk(program, client, of_role.get(person.roles, ()))
        found.pages[person.email] = pages
        of_role.setdefault(person.roles, pages)
    with program.app_context():
        db.engine.dispose()
    return found


def side(person: Staff) -> Track | None:
    """Return on which side somebody of both is walking: the one with more to decide."""
    return Track.SBAD if len(person.sides()) > 1 else None


@contextmanager
def _noted(changed: set[str]) -> Generator[None]:
    """Add to `changed` the table that each statement changes meanwhile."""

    def note(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        if found := recorded.CHANGE.match(statement):
            changed.add(found[1].lower())

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield
    finally:
        event.remove(Engine, "before_cursor_execute", note)
