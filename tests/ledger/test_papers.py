"""Every paper of money stays: each column that was filled, the row, and the whole table."""

from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Column, Connection, Table, insert, text

from tests.ledger import bare

KEPT = ("{} is append-only", "{} keeps what stands")
# Until the entry is posted these may still change.
FREE = {("returned_item", "credit"), ("returned_item", "reopened"), ("settlement_line", "problem")}
GUARDS = {
    "sqlite": "SELECT name, tbl_name FROM sqlite_master"
    " WHERE type = 'trigger' AND name LIKE '%!_stays!_%' ESCAPE '!'",
    "postgresql": "SELECT tgname, tgrelid::regclass::text FROM pg_trigger"
    " WHERE NOT tgisinternal AND tgname LIKE '%!_stays%' ESCAPE '!'",
}


def guards(raw: Connection) -> dict[str, Table]:
    """Return the triggers that keep papers of money, each with its table."""
    known = bare.tables()
    found = raw.execute(text(GUARDS[raw.dialect.name])).all()
    return {name: known[table] for name, table in found if table in known}


def changed(raw: Connection, table: Table, columns: Iterable[Column[Any]]) -> Iterator[str]:
    """Yield what of a paper could be changed or removed, column by column."""
    kept = [said.format(table.name) for said in KEPT]
    postgresql = raw.dialect.name == "postgresql"
    for column in columns:
        filled = {column.name: bare.least(column)} if column.nullable else {}
        savepoint = raw.begin_nested()
        if not bare.insert(raw, table, **filled):  # a check may want others beside it
            raw.execute(insert(table), bare.row(table, **filled))
            other = "-1" if column.primary_key and "INT" in str(column.type) else "NULL"
            acts = [f'UPDATE "{table.name}" SET "{column.name}" = {other}']
            if column.primary_key:
                acts += [f'DELETE FROM "{table.name}"']
                acts += [f'TRUNCATE "{table.name}" CASCADE'] if postgresql else []
            said = {act: bare.refused(raw, act) for act in acts}
            free = (table.name, column.name) in FREE
            yield from (a for a, no in said.items() if no not in kept and not free)
        savepoint.rollback()


def test_no_filled_column_no_row_and_no_table_of_papers_goes(app: Flask) -> None:
    with app.app_context(), bare.open_books() as raw:
        tables = set(guards(raw).values())
        assert len(tables) > 45
        could = [act for table in tables for act in changed(raw, table, table.columns)]
        assert could == [], "\n".join(could)


@pytest.mark.soak
def test_without_its_guard_a_paper_changes(app: Flask) -> None:
    with app.app_context(), bare.open_books() as raw:
        survived = []
        for name, table in guards(raw).items():
            savepoint = raw.begin_nested()
            on = f" ON {table.name}" if raw.dialect.name == "postgresql" else ""
            raw.execute(text(f"DROP TRIGGER {name}{on}"))
            if not list(changed(raw, table, table.primary_key)):
                survived.append(name)
            savepoint.rollback()
        assert survived == []
