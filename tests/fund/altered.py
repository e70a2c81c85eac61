"""Change what the program never changes, past all of its guards."""

import shutil
import sqlite3
from collections.abc import Generator
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from diversion.app import create_app
from diversion.core.database import db
from tests import counties

TRIGGERS = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"


def unguarded(tmp_path_factory: pytest.TempPathFactory) -> Generator[Flask]:
    """A fictional county whose papers nobody guards any more."""
    folder = tmp_path_factory.mktemp("altered")
    shutil.copytree(counties.untouched(tmp_path_factory), folder, dirs_exist_ok=True)
    app = create_app(counties.settings(folder))
    with app.app_context():
        with raw() as file:
            guards = dict(file.execute(TRIGGERS).fetchall())
            for name in guards:
                file.execute(f"DROP TRIGGER {name}")
        app.extensions["guards"] = guards
        yield app
        db.session.remove()
        db.engine.dispose()


@contextmanager
def raw() -> Generator[sqlite3.Connection]:
    """Open the county's file as somebody could who has it in hand."""
    file = sqlite3.connect(str(db.engine.url.database))
    file.execute("PRAGMA ignore_check_constraints = ON")
    with file:
        yield file
    file.close()


def write(statement: str, **values: Any) -> None:
    db.session.rollback()
    with raw() as file:
        file.execute(statement, values)


def cell(table: str, column: str, row: int) -> Any:
    db.session.rollback()
    with raw() as file:
        return file.execute(f"SELECT {column} FROM {table} WHERE rowid = ?", (row,)).fetchone()[0]


def other(column: sa.Column[Any], value: Any) -> Any:
    """Return another value that a column could have."""
    if isinstance(column.type, sa.Enum) and column.type.enum_class:
        return next(str(v) for v in column.type.enum_class if str(v) != value)
    if isinstance(value, bytes):
        return value + b"x"
    python = getattr(column.type, "impl_instance", column.type).python_type
    if python is date:
        return "2001-02-03"
    return f"{value or ''}x" if python is str else int(value or 0) + 1
