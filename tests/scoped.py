"""Fail every statement that reads people without saying on which side of the wall."""

import sys
from collections.abc import Iterator
from typing import Any

from sqlalchemy import CheckConstraint, Column, Executable, Table, event
from sqlalchemy.orm import ORMExecuteState, Session
from sqlalchemy.sql import visitors
from sqlalchemy.sql.cache_key import HasCacheKey
from sqlalchemy.sql.elements import BinaryExpression, BindParameter

from diversion.core import paths
from diversion.core.database import Base

_sound: set[tuple[Any, ...]] = set()


class Unscoped(AssertionError):
    """A statement that reads people names the side on which it reads."""


def watch() -> None:
    """Look at every statement of every session from now on."""
    event.listen(Session, "do_orm_execute", _look)


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
    if state.is_column_load or state.is_relationship_load:
        return  # what is in hand already, or hangs on it, was found through a scope
    if not (state.is_select or state.is_update or state.is_delete):
        return
    if _asked_by_the_program():
        _judge_once(state.statement)


def _judge_once(statement: Executable) -> None:
    """Judge a statement when its shape comes for the first time: values make no difference."""
    shape = statement._generate_cache_key() if isinstance(statement, HasCacheKey) else None
    if shape is None:
        judge(statement)
    elif shape.key not in _sound:
        judge(statement)
        _sound.add(shape.key)


def judge(statement: Executable) -> None:
    """Raise Unscoped for a statement that reads people and names no side."""
    elements = list(visitors.iterate(statement))
    tables = list(_tables(elements))
    people = {each.name for each in tables if is_about_people(each)}
    if not people or any(is_pinned(each) for each in tables):
        return
    if not any(_names_a_side(each) for each in elements):
        raise Unscoped(f"reads {', '.join(sorted(people))} of both sides: {statement}")


def _asked_by_the_program() -> bool:
    """Say whether the statement comes from the program, not from a test that looks behind it."""
    frame = sys._getframe(1)
    while frame.f_back is not None:
        frame = frame.f_back
        name = frame.f_code.co_filename
        if "sqlalchemy" not in name:
            return str(paths.PACKAGE) in name and name != __file__
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
