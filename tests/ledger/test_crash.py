"""Kill the PostgreSQL server itself while receipts are taken: nothing acknowledged is lost."""

import time
from collections.abc import Generator
from pathlib import Path
from threading import Event, Thread

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from diversion.app import create_app
from diversion.core.database import db, transaction
from diversion.core.errors import Unavailable
from diversion.ledger.verify import verify
from tests import databases
from tests.ledger import books

WRITERS, CENTS = 3, 100_000_000


@pytest.fixture
def server() -> Generator[databases.PostgreSQL]:
    """A server that keeps what it has committed, as a county's does."""
    made = databases.PostgreSQL(durable=True)
    yield made
    made.stop()


@pytest.fixture
def county(server: databases.PostgreSQL, tmp_path: Path) -> Flask:
    server.run("CREATE DATABASE county")
    url = server.url("county")
    databases.migrate(url, tmp_path)
    app = create_app({**databases.settings(tmp_path), "DATABASE_URL": url})
    with app.app_context():
        with transaction():
            books.assess(cents=CENTS)
        db.engine.dispose()
    return app


class Cashier(Thread):
    """Takes a cent at a time under a key of its own, the same key again after a crash."""

    def __init__(self, app: Flask, number: int) -> None:
        super().__init__()
        self.app, self.number, self.done = app, number, Event()
        self.told: dict[str, str] = {}  # by key, the number that was acknowledged
        self.refused = 0

    def run(self) -> None:
        n = 0
        while not self.done.is_set():
            key = f"desk-{self.number}-{n}"
            try:
                with self.app.app_context():
                    with transaction():
                        posted = books.receipt(cents=1, key=key)
                    db.session.remove()
            except (DBAPIError, Unavailable):
                self.refused += 1
                time.sleep(0.05)
                continue
            self.told[key] = posted.receipt_number or ""
            n += 1


def _survives(server: databases.PostgreSQL, county: Flask, rounds: int, seconds: float) -> None:
    desks = [Cashier(county, number) for number in range(WRITERS)]
    for desk in desks:
        desk.start()
    try:
        for _ in range(rounds):
            time.sleep(seconds)
            server.kill()
            server.start()
        time.sleep(seconds)
    finally:
        for desk in desks:
            desk.done.set()
        for desk in desks:
            desk.join()
    told = [number for desk in desks for number in desk.told.values()]
    assert len(told) == len(set(told)) > rounds * WRITERS
    assert sum(desk.refused for desk in desks) > 0, "nobody noticed the crash"
    with county.app_context():
        kept = {
            key: f"M-2026-{number:06d}"
            for key, number in db.session.execute(
                text("SELECT key, number FROM receipt_number JOIN entry e ON e.id = entry_id")
            )
        }
        assert {key: kept.get(key) for desk in desks for key in desk.told} == {
            key: number for desk in desks for key, number in desk.told.items()
        }
        assert sorted(kept.values()) == [f"M-2026-{n:06d}" for n in range(1, len(kept) + 1)]
        assert verify().findings == []
        db.session.remove()
        db.engine.dispose()


def test_a_killed_server_loses_nothing_it_acknowledged_re_02(
    server: databases.PostgreSQL, county: Flask
) -> None:
    _survives(server, county, rounds=1, seconds=0.4)


@pytest.mark.soak
def test_two_hundred_killed_servers_lose_nothing_they_acknowledged_re_02(
    server: databases.PostgreSQL, county: Flask
) -> None:
    _survives(server, county, rounds=200, seconds=0.4)
