"""Guard each SQLite connection of the program: the hash trigger and the authorizer.

A stored trigger may not call an application's function while trusted_schema is OFF, so
the hash is checked by a TEMP trigger that every connection makes for itself. The
authorizer refuses what no trigger can: a direct write to a balance, or a dropped guard.
"""

import sqlite3
from collections.abc import Generator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from sqlalchemy import Connection, event
from sqlalchemy.engine import Engine

from diversion.core.database import pragmas
from diversion.ledger import chain, schema

GUARDED = "ledger_guarded"
ONLY_TRIGGERS = frozenset({"balance", "chain_head"})
APPEND_ONLY = frozenset({"entry", "posting", "receipt_number", "period_event", "office_switch"})
_WRITES = frozenset({sqlite3.SQLITE_INSERT, sqlite3.SQLITE_UPDATE, sqlite3.SQLITE_DELETE})
_SCHEMA = frozenset(
    {
        sqlite3.SQLITE_ALTER_TABLE, sqlite3.SQLITE_ATTACH, sqlite3.SQLITE_DETACH,
        sqlite3.SQLITE_DROP_INDEX, sqlite3.SQLITE_DROP_TABLE, sqlite3.SQLITE_DROP_TRIGGER,
        sqlite3.SQLITE_DROP_TEMP_TRIGGER,
    }
)  # fmt: skip
_SETTINGS = frozenset(pragmas()) | {
    "writable_schema",
    "ignore_check_constraints",
    "legacy_alter_table",
}

_changing: ContextVar[bool] = ContextVar("schema_changes", default=False)


@contextmanager
def schema_changes() -> Generator[None]:
    """Let migrations drop and alter; for their own connection only."""
    token = _changing.set(True)
    try:
        yield
    finally:
        _changing.reset(token)


@event.listens_for(Engine, "connect")
def _on_connect(connection: Any, record: Any) -> None:
    if isinstance(connection, sqlite3.Connection) and not _changing.get():
        record.info[GUARDED] = guard(connection)


@event.listens_for(Engine, "begin", insert=True)
def _before_begin(connection: Connection) -> None:
    """A connection opened before the tables existed gets its guards before it writes."""
    if connection.dialect.name != "sqlite" or _changing.get():
        return
    if connection.get_execution_options().get("writes") and not connection.info.get(GUARDED):
        raw = connection.connection.dbapi_connection
        if isinstance(raw, sqlite3.Connection):
            connection.info[GUARDED] = guard(raw)


def guard(connection: sqlite3.Connection) -> bool:
    """Put the guards up; say whether there were tables to guard."""
    there = "SELECT 1 FROM main.sqlite_master WHERE type = 'table' AND name = 'chain_head'"
    if connection.execute(there).fetchone() is None:
        return False
    connection.create_function("ledger_hash", 2, _hash, deterministic=True)
    for text in schema.statements("sqlite_connection"):
        connection.execute(text)
    connection.set_authorizer(_answer)
    return True


def _hash(prev: str, text: str | None) -> str:
    """Return the hash; an entry without lines has no text and fits none."""
    return chain.link(prev, text) if text else ""


def _answer(
    action: int, first: str | None, second: str | None, database: str | None, trigger: str | None
) -> int:
    refused = (
        action in _SCHEMA
        or (action in _WRITES and _forbidden(action, first, trigger))
        or (action == sqlite3.SQLITE_PRAGMA and second is not None and first in _SETTINGS)
    )
    return sqlite3.SQLITE_DENY if refused else sqlite3.SQLITE_OK


def _forbidden(action: int, table: str | None, trigger: str | None) -> bool:
    if table in ONLY_TRIGGERS:
        return trigger != "entry_ai"
    if table == "series":
        return action != sqlite3.SQLITE_INSERT and trigger != "receipt_number_ai"
    return table in APPEND_ONLY and action != sqlite3.SQLITE_INSERT
