"""The database itself keeps months in order: each guard refuses, and is missed when removed."""

from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from diversion.core.database import db, transaction
from diversion.ledger import periods
from diversion.ledger.commands import PeriodState
from diversion.ledger.refusals import LedgerRefused
from tests.conftest import NOW
from tests.ledger import books

S = PeriodState


@pytest.fixture
def two_months(app: Flask) -> Flask:
    """October and November have an entry each."""
    with app.app_context(), transaction():
        books.assess(31, 500, on=date(2026, 10, 5))
        books.assess(32, 700)
    return app


def move(number: int, state: PeriodState, *, approved_by: int | None = 8) -> None:
    periods.move(number, state, by=9, approved_by=approved_by, reason="a test of it", now=NOW)


def event(number: int, state: str, approver: str = "8", last: str = "2") -> None:
    db.session.execute(
        text(
            "INSERT INTO period_event (period_id, state, actor, approver, reason, last_entry,"
            f" happened_at) VALUES ({number}, '{state}', 9, {approver}, 'by hand', {last},"
            " '2026-11-21 10:00:00')"
        )
    )


def to(number: int, state: str) -> None:
    db.session.execute(text(f"UPDATE period SET state = '{state}' WHERE id = {number}"))


def without_an_event() -> None:
    to(202610, "closed")


def with_the_event_of_another_moment() -> None:
    event(202610, "closed", last="1")
    to(202610, "closed")


def with_one_person_on_both_sides() -> None:
    event(202610, "closed", approver="9")
    to(202610, "closed")


def reopened_by_one() -> None:
    move(202610, S.CLOSED)
    event(202610, "open", approver="NULL")
    to(202610, "open")


def locked_while_open() -> None:
    event(202610, "locked")
    to(202610, "locked")


def the_later_one_first() -> None:
    event(202611, "closed")
    to(202611, "closed")


def the_earlier_one_opened_first() -> None:
    move(202610, S.CLOSED)
    move(202611, S.CLOSED)
    event(202610, "open")
    to(202610, "open")


def opened_when_locked() -> None:
    move(202610, S.CLOSED)
    move(202610, S.LOCKED)
    event(202610, "open")
    to(202610, "open")


def a_new_month_that_begins_closed() -> None:
    db.session.execute(
        text("INSERT INTO period VALUES (202612, '2026-12-01', '2026-12-31', 'closed')")
    )


def a_new_month_before_a_closed_one() -> None:
    move(202610, S.CLOSED)
    db.session.execute(
        text("INSERT INTO period VALUES (202609, '2026-09-01', '2026-09-30', 'open')")
    )


ATTACKS: dict[Callable[[], None], str] = {
    without_an_event: "period moves with its event",
    with_the_event_of_another_moment: "period moves with its event",
    with_one_person_on_both_sides: "period moves with its event",
    reopened_by_one: "period moves with its event",
    locked_while_open: "period skips a state",
    the_later_one_first: "an earlier period is open",
    the_earlier_one_opened_first: "a later period is closed",
    opened_when_locked: "period",
    a_new_month_that_begins_closed: "periods begin open",
    a_new_month_before_a_closed_one: "a later period is closed",
}


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda a: a.__name__)
def test_a_month_never_moves(two_months: Flask, attack: Callable[[], None]) -> None:
    with two_months.app_context():
        with pytest.raises(DBAPIError) as no, transaction():
            attack()
        assert f"LEDGER: {ATTACKS[attack]}" in str(no.value.orig)


def test_a_month_closes_opens_and_is_locked_by_two_people(two_months: Flask) -> None:
    with two_months.app_context():
        with transaction():
            move(202610, S.CLOSING, approved_by=None)
            move(202610, S.CLOSED)
            move(202610, S.OPEN)
            move(202610, S.CLOSED)
            move(202610, S.LOCKED)
        assert periods.reopened(date(2026, 10, 1), date(2026, 11, 30)) == {202610: 1}
        assert periods.month(202610).state is S.LOCKED


def test_nothing_goes_into_a_month_before_a_closed_one(two_months: Flask) -> None:
    with two_months.app_context():
        with transaction():
            move(202610, S.CLOSED)
        for day in (date(2026, 10, 9), date(2026, 9, 9)):
            with pytest.raises(LedgerRefused) as no, transaction():
                books.assess(33, 900, on=day)
            assert no.value.code == "period_closed"
