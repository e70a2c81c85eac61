"""Long lists come a page at a time, whatever the address asks for."""

from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy import insert, select

from diversion.core.database import db, transaction
from diversion.core.once import OnceKey
from diversion.web import paging
from tests.statements import counted

KEYS = select(OnceKey.key)


@pytest.fixture
def app(app: Flask) -> Flask:
    row = {"request_hash": "", "result": "", "claimed_at": datetime(2026, 1, 1, tzinfo=UTC)}
    with app.app_context(), transaction():
        db.session.execute(insert(OnceKey), [{**row, "key": f"k{n:03d}"} for n in range(120)])
    return app


@pytest.mark.parametrize(
    ("query", "number", "size", "first", "last"),
    [
        ("", 1, 50, 1, 50),
        ("page=3", 3, 50, 101, 120),
        ("page=-1", 1, 50, 1, 50),
        ("page=0", 1, 50, 1, 50),
        ("page=1.5", 1, 50, 1, 50),
        ("page=999999999999999999999999", 3, 50, 101, 120),
        ("page=%D9%A1", 1, 50, 1, 50),
        ("page=' OR 1=1", 1, 50, 1, 50),
        ("per_page=1000000000", 1, 100, 1, 100),
        ("per_page=10&page=12", 12, 10, 111, 120),
        ("per_page=-5", 1, 50, 1, 50),
        ("page=2&page=3", 2, 50, 51, 100),
    ],
)
def test_a_page_stays_within_bounds_wb_14(
    app: Flask, query: str, number: int, size: int, first: int, last: int
) -> None:
    with app.test_request_context(f"/?{query}"):
        page = paging.page_of(KEYS.order_by(OnceKey.key))
        assert (page.number, page.size, page.first, page.last) == (number, size, first, last)
        assert [row.key for row in page.rows] == [f"k{n:03d}" for n in range(first - 1, last)]
        assert page.total == 120


def test_an_empty_list_has_one_page_without_rows(app: Flask) -> None:
    with app.test_request_context("/?page=7"):
        page = paging.page_of(KEYS.where(OnceKey.key == "none"))
        assert (page.number, page.pages, page.first, page.last, page.next) == (1, 1, 0, 0, None)


def test_a_page_costs_two_statements(app: Flask) -> None:
    with app.test_request_context("/?page=2"), counted(app) as seen:
        paging.page_of(KEYS.order_by(OnceKey.key))
    assert len([text for text in seen if text.startswith("SELECT")]) == 2


@pytest.mark.parametrize(
    ("query", "key", "down"),
    [
        ("", "next", True), ("sort=name", "name", False), ("sort=-name", "name", True),
        ("sort=password_hash", "next", True), ("sort=--name", "next", True),
        ("sort=name;drop", "next", True),
    ],
)  # fmt: skip
def test_only_allowed_columns_sort_wb_14(app: Flask, query: str, key: str, down: bool) -> None:
    allowed = {"name": OnceKey.key, "next": OnceKey.claimed_at}
    with app.test_request_context(f"/?{query}"):
        sort = paging.sort_asked(allowed, "-next")
        assert (sort.key, sort.down) == (key, down)
        ordered = paging.sorted_by(KEYS, sort, allowed, OnceKey.key)
        assert str(ordered).endswith("once_key.key")


def test_a_sort_link_turns_around() -> None:
    sort = paging.Sort("name", False)
    assert (sort.link("name"), sort.link("next")) == ("-name", "next")
    assert (sort.aria("name"), sort.aria("next")) == ("ascending", None)


def test_addresses_keep_their_other_filters(app: Flask) -> None:
    with app.test_request_context("/list?status=active&page=3"):
        assert paging.address_with(page=None, sort="-name") == "/list?status=active&sort=-name"
        assert paging.address_with(status=None, page=None) == "/list"
