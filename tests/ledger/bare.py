"""Write rows of money straight into the tables: no foreign key, no authorizer, no program."""

import enum
from collections.abc import Generator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, Table, text
from sqlalchemy.exc import DBAPIError

from diversion.core.columns import Cents
from diversion.core.database import Base, db
from diversion.core.money import Money
from diversion.ledger import connection as guards
from tests.ledger.falsehoods import TRUE

FLOORS = ("diversion.ledger.", "diversion.fees.", "diversion.fund.")
LEAST: dict[type, Any] = {
    bool: False, bytes: b"x", date: date(2026, 11, 21), dict: {}, int: 1, list: [], str: "x",
    datetime: datetime(2026, 11, 21, 17, tzinfo=UTC),
}  # fmt: skip


def tables() -> dict[str, Table]:
    """Return the tables of the three floors of money by name."""
    found = [m.local_table for m in Base.registry.mappers if m.class_.__module__.startswith(FLOORS)]
    return {table.name: table for table in found if isinstance(table, Table)}


@contextmanager
def open_books() -> Generator[Connection]:
    """Open the database of the app whose context is open; nothing that is done to it stays."""
    db.session.remove()
    db.engine.dispose()
    sqlite = db.engine.dialect.name == "sqlite"
    with guards.schema_changes(), db.engine.connect() as raw:
        if sqlite:
            raw.connection.cursor().execute("PRAGMA foreign_keys = OFF")
        raw.begin()
        if not sqlite:
            raw.execute(text("SET LOCAL session_replication_role = replica"))
        yield raw
        raw.rollback()
    db.engine.dispose()


def row(table: Table, **other: Any) -> dict[str, Any]:
    """Return a good row of a table, or what `other` makes of it."""
    filled = {c.name: None if c.nullable else least(c) for c in table.columns}
    told = {**filled, **TRUE.get(table.name, {}), **other}
    return {name: _typed(table.c[name], value) for name, value in told.items()}


def refused(raw: Connection, statement: Any, values: Any = None) -> str:
    """Try a statement, take it back, and return what refused it; nothing if it was accepted."""
    attempt = raw.begin_nested()
    try:
        raw.execute(text(statement) if isinstance(statement, str) else statement, values)
    except DBAPIError as error:
        return str(error.orig).splitlines()[0]
    finally:
        attempt.rollback()
    return ""


def insert(raw: Connection, table: Table, **other: Any) -> str:
    return refused(raw, sa.insert(table), row(table, **other))


def least(column: sa.Column[Any]) -> Any:
    if isinstance(column.type, Cents):
        return 1
    if isinstance(column.type, sa.Enum) and column.type.enum_class:
        return next(iter(column.type.enum_class)).value
    return LEAST[getattr(column.type, "impl_instance", column.type).python_type]


def _typed(column: sa.Column[Any], value: Any) -> Any:
    if isinstance(column.type, Cents) and value is not None:
        return Money(value)
    if isinstance(column.type, sa.Enum) and isinstance(value, str):
        chosen: type[enum.Enum] | None = column.type.enum_class
        return chosen(value) if chosen else value
    return value
