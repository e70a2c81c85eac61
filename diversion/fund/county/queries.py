"""Answer what the county does not have yet, and which batches it got."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, select, true

from diversion.core.database import db
from diversion.core.finding import the_one
from diversion.fund.county.models import (
    Books,
    CountyAcknowledgement,
    CountyBatch,
    CountyBatchEntry,
)
from diversion.ledger.accounts import Group
from diversion.ledger.closed import SEALED
from diversion.ledger.models import AccountRow, Entry, Period, Posting
from diversion.staff.models import Staff

# Every event of the state's money is named so; no other touches it.
_IS_STATUTORY = Entry.event.cast(db.String).like("STF!_%", escape="!")


@dataclass(frozen=True)
class Waiting:
    """Entries of one month or one day that the county does not have."""

    books: Books
    period: int
    day: date | None
    entries: int

    @property
    def code(self) -> str:
        """Return how a form names it."""
        return f"{self.books.value}:{self.period}:{self.day or ''}"


def waiting(before: date) -> list[Waiting]:
    """Return the closed months, and the days of open months before a day, that wait."""
    books = case((_IS_STATUTORY, Books.STATUTORY.value), else_=Books.ACCOUNT.value)
    day = case((Period.state.in_(SEALED), None), else_=Entry.effective_on)
    query = (
        select(books.label("books"), Entry.period, day.label("day"), func.count().label("entries"))
        .join(Period, Period.id == Entry.period)
        .where(
            _is_new(),
            Entry.id.in_(select(Posting.entry_id).join(AccountRow).where(_is_bookable())),
            Period.state.in_(SEALED) | ((Entry.effective_on < before) & (Period.id > 0)),
        )
        .group_by(books, Entry.period, day)
        .order_by(Entry.period, day)
    )
    return [Waiting(Books(r.books), r.period, r.day, r.entries) for r in db.session.execute(query)]


def lines(asked: Waiting) -> Sequence[Any]:
    """Return the lines of all that waits of one month or day, with the county's accounts."""
    of_books = _IS_STATUTORY if asked.books is Books.STATUTORY else ~_IS_STATUTORY
    query = (
        select(
            Posting.entry_id, Posting.account, Posting.cents, Entry.event, AccountRow.name,
            AccountRow.county_string,
        )
        .join(Entry, Entry.id == Posting.entry_id)
        .join(AccountRow, AccountRow.code == Posting.account)
        .where(_is_new(), _is_bookable(), of_books, Entry.period == asked.period)
        .order_by(Posting.entry_id, Posting.line)
    )  # fmt: skip
    if asked.day is not None:
        query = query.where(Entry.effective_on == asked.day)
    return db.session.execute(query).all()


def _is_new() -> ColumnElement[bool]:
    return Entry.id.not_in(select(CountyBatchEntry.entry_id))


def _is_bookable() -> ColumnElement[bool]:
    """Leave out the budget, unless the county has accounts for all of it."""
    budget = AccountRow.grp == Group.BUDGET
    nameless = select(AccountRow.code).where(budget, AccountRow.county_string == "")
    mapped = db.session.scalar(nameless.limit(1)) is None
    return true() if mapped else ~budget


def batches() -> Select[*tuple[Any, ...]]:
    """Return a query of the batches, newest first, with the county's number where it came."""
    b = CountyBatch
    return (
        select(
            b.number, b.period_id, b.day, b.books, b.turn, b.format, b.entries, b.lines, b.debits,
            b.made_at, Staff.name, CountyAcknowledgement.county_number,
        )
        .join(Staff, Staff.id == b.made_by_id)
        .outerjoin(CountyAcknowledgement, CountyAcknowledgement.batch_id == b.id)
        .order_by(b.id.desc())
    )  # fmt: skip


def batch(number: str) -> CountyBatch:
    """Return a batch by its number. Raises NotYours."""
    return the_one(select(CountyBatch).where(CountyBatch.number == number))


def acknowledgement(batch_id: int) -> CountyAcknowledgement | None:
    return db.session.get(CountyAcknowledgement, batch_id)


def next_number(year: int) -> str:
    """Return the next number of a year; the lock of the ledger is held."""
    used = select(func.count()).where(CountyBatch.number.like(f"GL-{year}-%"))
    return f"GL-{year}-{(db.session.scalar(used) or 0) + 1:04d}"


def turn_of(asked: Waiting) -> int:
    """Return the how-manieth batch of its month or day this would be."""
    before = select(func.count()).where(
        CountyBatch.books == asked.books, CountyBatch.period_id == asked.period,
        CountyBatch.day.is_(None) if asked.day is None else CountyBatch.day == asked.day,
    )  # fmt: skip
    return (db.session.scalar(before) or 0) + 1
