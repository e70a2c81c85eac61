"""Lend one program per engine to test after test, each time on an untouched database.

Tests that all begin with the same rows get a program of their own, in whose database these
stand from the beginning: see the fixture `filling`.

What a test may change of a program is put back before the next one gets it: its settings,
its extensions, its ring of keys, its database. What it may not change (routes, handlers,
views) is refused or noticed: such a test asks for `own_program`.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from flask import Flask

from diversion.app import create_app
from diversion.core import keys
from diversion.core.database import db, transaction
from tests import databases

PLACES = ("DATA_FOLDER", "MASTER_KEY_FILE")
FILLED = "filled"  # the extension that says what a filling returned
Filling = Callable[[], object]


def is_plain(settings: dict[str, Any], folder: Path) -> bool:
    """Say whether these are the settings of every test, but for where its files lie."""
    usual = databases.settings(folder)
    return {**settings, **{name: usual[name] for name in PLACES}} == usual


class Program:
    """A program that is made once and lent out again and again."""

    def __init__(
        self, standing: databases.Standing, settings: dict[str, Any], filled: object
    ) -> None:
        self.standing = standing
        self.app = create_app({**settings, "DATABASE_URL": standing.url})
        # As if a request had come already: nobody adds a route to what others get after them.
        self.app._got_first_request = True
        self.settings = dict(self.app.config)
        self.extensions = {**self.app.extensions, FILLED: filled}
        self.views = dict(self.app.view_functions)

    def lend(self, settings: dict[str, Any]) -> Flask:
        """Return the program on an untouched database, with its files where `settings` say."""
        if not self.standing.renew():
            self.hang_up()
        places = {name: settings[name] for name in PLACES}
        self.app.config.clear()
        self.app.config.update({**self.settings, **places})
        self.app.extensions.clear()
        self.app.extensions.update(self.extensions)
        with self.app.app_context():
            keys.use(db.engine, Path(settings["MASTER_KEY_FILE"]))
        return self.app

    def take_back(self) -> None:
        """Raises AssertionError if the test changed a view of the program."""
        with self.app.app_context():
            db.session.remove()
            is_file = db.engine.dialect.name == "sqlite"
            still_held = db.engine.pool.checkedout()  # type: ignore[attr-defined]  # (a queue)
        # A server of PostgreSQL that knows the tables and guards already is twice as quick.
        if is_file or still_held:
            self.hang_up()
        if self.app.view_functions != self.views:
            self.app.view_functions = dict(self.views)
            raise AssertionError("a test that changes views asks for `own_program`")

    def hang_up(self) -> None:
        """End the connections to its database."""
        with self.app.app_context():
            db.engine.dispose()


class Programs:
    """The programs of one test process, each made when first asked for."""

    def __init__(self, servers: databases.Servers) -> None:
        self.servers = servers
        self.made: dict[tuple[str, Filling | None], Program] = {}

    def of(self, engine: str, settings: dict[str, Any], filling: Filling | None = None) -> Program:
        """Return the program in whose database stands what `filling` wrote, or nothing."""
        if (engine, filling) not in self.made:
            filled: list[object] = []

            def fill(url: str) -> None:
                filled.append(_fill({**settings, "DATABASE_URL": url}, filling))

            standing = self.servers.standing(engine, fill if filling else None)
            self.made[engine, filling] = Program(standing, settings, *(filled or [None]))
        return self.made[engine, filling]

    def end(self) -> None:
        for each in self.made.values():
            each.hang_up()


def _fill(settings: dict[str, Any], filling: Filling | None) -> object:
    """Return what `filling` does, having kept it in the database of `settings`."""
    app = create_app(settings)
    with app.app_context():
        with transaction():
            done = filling() if filling else None
        db.session.remove()
        db.engine.dispose()
    return done
