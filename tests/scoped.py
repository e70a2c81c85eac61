"""Fail every statement that reads people without saying on which side of the wall."""

import sys
import threading
from collections.abc import Iterator
from typing import Any

from sqlalchemy import CheckConstraint, Column, Delete, Table, Update, event
from sqlalchemy.engine import Engine
from sqlalchemy.orm import ORMExecuteState, Session
from sqlalchemy.sql import visitors
from sqlalchemy.sql.elements import BinaryExpression, BindParameter
from sqlalchemy.sql.selectable import SelectBase

from diversion.core import paths
from diversion.core.database import Base

JUDGED = (SelectBase, Update, Delete)
BACKUP = str(paths.PACKAGE / "scheduler" / "backup")


class _Now(threading.local):
    is_followed = False


_sound: set[str] = set()
_now = _Now()


class Unscoped(AssertionError):
    """A statement that reads people names the side on which it reads."""


def watch() -> None:
    """Look at every statement of every session from now on."""
    event.listen(Session, "do_orm_execute", _look)
    event.listen(Engine, "before_cursor_execute", _judge_once)


def is_about_people(table: Table) -> bool:
    """Say whether rows of `table` say who a person is, or who may reach them.

    Rows further up hang on these by a key that holds the side, so whoever has the
    one may fetch the other.
    """
    return table.name in {"assignment", "conflict_block", "data_key", "envelope", "participant"}


def is_pinned(table: Table) -> bool:
    """Say whether the database itself holds every row of `table` on one side."""
    return any(
        isinstance(rule, CheckConstraint) and str(rule.sqltext).startswith("track = '")
        for rule in table.constraints
    )


def _look(state: ORMExecuteState) -> None:
    """Note whether what comes is in hand already, or hangs on what was found through a scope."""
    _now.is_followed = state.is_column_load or state.is_relationship_load


def _judge_once(
    _connection: object, _cursor: object, text: str, _values: object, context: Any, _many: bool
) -> None:
    """Judge a statement when its text comes for the first time: values make no difference."""
    if text in _sound or _now.is_followed or "compiled_cache" in context.execution_options:
        return  # the last: a session writes what it holds
    statement = context.invoked_statement
    if isinstance(statement, JUDGED) and _asked_by_the_program():
        judge(statement)
        _sound.add(text)


def judge(statement: SelectBase | Update | Delete) -> None:
    """Raise Unscoped for a statement that reads people and names no side."""
    elements = list(visitors.iterate(statement))
    tables = list(_tables(elements))
    people = {each.name for each in tables if is_about_people(each)}
    if not people or any(is_pinned(each) for each in tables):
        return
    if not any(_names_a_side(each) for each in elements):
        raise Unscoped(f"reads {', '.join(sorted(people))} of both sides: {statement}")


def _asked_by_the_program() -> bool:
    """Say whether the statement comes from the program, not from a test that looks behind it.

    A backup copies both sides.
    """
    frame = sys._getframe(1)
    while frame.f_back is not None:
        frame = frame.f_back
        name = frame.f_code.co_filename
        if "sqlalchemy" not in name:
            return name.startswith(str(paths.PACKAGE)) and not name.startswith(BACKUP)
    return False


def _tables(elements: list[Any]) -> Iterator[Table]:
    for each in elements:
        if isinstance(each, Table):
            yield each
        elif isinstance(each, Column) and isinstance(each.table, Table):
            yield each.table


def _names_a_side(element: object) -> bool:
    if not isinstance(element, BinaryExpression):
        return False
    sides = element.left, element.right
    return any(getattr(side, "name", "") == "track" for side in sides) and any(
        isinstance(side, BindParameter) for side in sides
    )


def tables_about_people() -> list[Table]:
    """Return every table about persons, those of one side included."""
    return [
        table
        for table in Base.metadata.sorted_tables
        if {"participant_id", "track"} <= set(table.columns.keys())
    ]
