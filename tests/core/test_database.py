"""One act is kept whole or not at all, on both engines."""

import sqlite3

import pytest
from flask import Flask
from sqlalchemy import text

from diversion.core import once
from diversion.core.database import as_last_act, db, pragmas, transaction


def test_every_sqlite_connection_has_the_safe_settings_re_01(app: Flask) -> None:
    with app.app_context():
        if db.engine.dialect.name != "sqlite":
            assert db.session.scalar(text("SHOW fsync")) == "off"  # the tests' own server only
            return
        found = {name: db.session.scalar(text(f"PRAGMA {name}")) for name in pragmas()}
    wal = sqlite3.sqlite_version_info >= (3, 51, 3)
    assert found == {
        "busy_timeout": 10000, "foreign_keys": 1, "journal_mode": "wal" if wal else "truncate",
        "mmap_size": 0, "recursive_triggers": 1, "secure_delete": 1, "synchronous": 2,
        "trusted_schema": 0,
    }  # fmt: skip


def test_what_fails_leaves_nothing_behind(app: Flask) -> None:
    with app.app_context():
        with pytest.raises(ZeroDivisionError), transaction():
            once.claim("a", "h")
            raise ZeroDivisionError
        with transaction():
            assert once.claim("a", "h") is None


def test_the_last_acts_run_once_and_inside_the_transaction(app: Flask) -> None:
    ran: list[str] = []
    with app.app_context(), transaction():
        as_last_act("chain", lambda: ran.append("first"))
        as_last_act("chain", lambda: ran.append("second"))
        assert ran == []
    assert ran == ["first"]


def test_a_change_outside_a_transaction_is_a_mistake(app: Flask) -> None:
    with app.app_context(), pytest.raises(RuntimeError):
        as_last_act("chain", lambda: None)


def test_a_second_arrival_gets_the_first_result_le_03(app: Flask) -> None:
    with app.app_context():
        with transaction():
            assert once.claim("k", once.request_hash("pay", {"a": 1})) is None
            once.settle("k", "M-2026-000001")
        with transaction():
            assert once.claim("k", once.request_hash("pay", {"a": 1})) == "M-2026-000001"
        with pytest.raises(once.KeyUsedOtherwise), transaction():
            once.claim("k", once.request_hash("pay", {"a": 2}))
