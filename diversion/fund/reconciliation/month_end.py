"""Hold the books against the bank as both stood when a month ended, whatever came later."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from diversion.core.database import db
from diversion.core.money import Money
from diversion.fund.reconciliation import before, open_items, queries
from diversion.fund.reconciliation.models import (
    BankLine,
    BankMatch,
    BankMatchEntry,
    BankStatement,
)
from diversion.ledger import cash
from diversion.ledger.extracts import Range
from diversion.ledger.models import Entry


@dataclass(frozen=True)
class MonthEnd:
    """How bank and books stood on the last day of a statement.

    `open_lines` nobody has explained, `outstanding` no statement had shown by then; `later`
    is what the bank had by then and the books have under a later day; `gap` what the two
    differed by before the first statement.
    """

    on: date
    bank: Money
    books: Money
    open_lines: tuple[BankLine, ...]
    outstanding: tuple[Any, ...]
    later: Money
    gap: Money

    @property
    def lines(self) -> Money:
        return Money.total(line.amount for line in self.open_lines)

    @property
    def unseen(self) -> Money:
        return Money(sum(int(row.cents) for row in self.outstanding))


def at_end(wanted: Range) -> MonthEnd | None:
    """Return how it stood by the newest statement that ends within the days of a range."""
    statement, began = _newest(wanted), open_items.began_on()
    if statement is None or statement.closing is None or began is None:
        return None
    on, shown = statement.last_on, _shown(statement.last_on, wanted.up_to)
    explained = {line for line, _entry in shown}
    said = db.session.scalars(before.standing(wanted.up_to))
    there = {entry for _line, entry in shown} | set(said)
    query = queries.live_lines().where(BankLine.happened_on <= on)
    open_ = tuple(x for x in db.session.scalars(query) if x.id not in explained)
    moved = [row for row in cash.movements(began, on) if row.id <= wanted.up_to]
    outstanding = tuple(row for row in moved if row.id not in there)
    books = cash.cash_on(on, up_to=wanted.up_to)
    later = cash.cash_of(_after(there, on))
    unseen = Money(sum(int(row.cents) for row in outstanding))
    gap = statement.closing - Money.total(x.amount for x in open_) - (books - unseen) - later
    return MonthEnd(on, statement.closing, books, open_, outstanding, later, gap)


def _newest(wanted: Range) -> BankStatement | None:
    query = queries.live_statements().where(
        BankStatement.last_on.between(wanted.first, wanted.last), BankStatement.closing.is_not(None)
    )
    newest = query.order_by(BankStatement.last_on.desc(), BankStatement.id.desc())
    return db.session.scalars(newest.limit(1)).one_or_none()


def _shown(on: date, up_to: int) -> Sequence[tuple[int, int]]:
    """Return the lines of the bank until a day with the entries that each is."""
    query = (
        select(BankMatch.line_id, BankMatchEntry.entry)
        .join(BankMatch, BankMatch.id == BankMatchEntry.match_id)
        .join(BankLine, BankLine.id == BankMatch.line_id)
        .where(BankMatchEntry.entry.in_(queries.tied()), BankMatchEntry.entry <= up_to)
        .where(BankLine.happened_on <= on, queries.holds())
    )
    return [(line, entry) for line, entry in db.session.execute(query)]


def _after(entries: set[int], on: date) -> Sequence[int]:
    query = select(Entry.id).where(Entry.id.in_(entries), Entry.effective_on > on)
    return db.session.scalars(query).all()
