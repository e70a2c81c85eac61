"""Show long lists a page at a time, whatever the address asks for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from urllib.parse import urlencode

from flask import Flask, request
from sqlalchemy import ColumnElement, Select, func, select

from diversion.core.database import db

SIZE = 50
LARGEST = 100
LAST_OFFSET = 100_000
T = TypeVar("T")


def set_up(app: Flask) -> None:
    app.jinja_env.globals["address_with"] = address_with


def address_with(**changes: Any) -> str:
    """Return this page's address with some of its filters changed; None takes one out."""
    kept = {
        **request.args.to_dict(flat=False),
        **{name: [value] for name, value in changes.items()},
    }
    wanted = [
        (name, value) for name, values in kept.items() for value in values if value is not None
    ]
    return f"{request.path}?{urlencode(wanted)}" if wanted else request.path


@dataclass(frozen=True)
class Page(Generic[T]):
    """Some rows of a list; `number` counts from 1."""

    rows: Sequence[T]
    number: int
    size: int
    total: int

    @property
    def first(self) -> int:
        return (self.number - 1) * self.size + 1 if self.total else 0

    @property
    def last(self) -> int:
        return min(self.number * self.size, self.total)

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // self.size))

    @property
    def previous(self) -> int | None:
        return self.number - 1 if self.number > 1 else None

    @property
    def next(self) -> int | None:
        return self.number + 1 if self.number < self.pages else None


def page_of(statement: Select[Any], *, size: int | None = None) -> Page[Any]:
    """Return the page of `statement` that the address asks for, as light rows; two statements."""
    wanted = size or asked("per_page", SIZE, LARGEST)
    return page_at(statement, asked("page", 1, LAST_OFFSET // wanted), wanted)


def page_at(statement: Select[Any], number: int, size: int) -> Page[Any]:
    """Return a page by its number; the last one where there are fewer."""
    counted = select(func.count()).select_from(statement.order_by(None).subquery())
    total = db.session.execute(counted).scalar_one()
    number = min(number, max(1, -(-total // size)))
    rows = db.session.execute(statement.limit(size).offset((number - 1) * size)).all()
    return Page(rows, number, size, total)


def asked(name: str, default: int, most: int) -> int:
    """Return a whole number of the address between 1 and `most`, whatever stands there."""
    text = request.args.get(name, "")
    if not (text.isascii() and text.isdigit()) or len(text) > 9:
        return most if text.isascii() and text.isdigit() else default
    return min(max(int(text), 1), most)


@dataclass(frozen=True)
class Sort:
    """How a list is sorted: `key` of the allowed ones, downwards if `down`."""

    key: str
    down: bool

    def link(self, key: str) -> str:
        """Return what the heading of `key` asks for: the other direction if it is this one."""
        return f"-{key}" if key == self.key and not self.down else key

    def aria(self, key: str) -> str | None:
        if key != self.key:
            return None
        return "descending" if self.down else "ascending"


def sort_asked(allowed: Mapping[str, object], default: str) -> Sort:
    """Return the sort that `?sort=-next` asks for, or the default where it is not allowed."""
    text = request.args.get("sort", "")
    if text.removeprefix("-") not in allowed:
        text = default
    return Sort(text.removeprefix("-"), text.startswith("-"))


def sorted_by(
    statement: Select[Any], sort: Sort, allowed: Mapping[str, ColumnElement[Any]], last: Any
) -> Select[Any]:
    """Order `statement`; `last` is a unique column, so that equal rows keep their places."""
    column = allowed[sort.key]
    return statement.order_by(column.desc() if sort.down else column.asc(), last)
