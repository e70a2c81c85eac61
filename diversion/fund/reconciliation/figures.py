"""Hold the books against the bank: one number is what nobody can explain yet."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from diversion.core.database import db
from diversion.core.money import ZERO, Money
from diversion.fund.reconciliation import open_items, queries
from diversion.fund.reconciliation.models import BankLine, BankStatement
from diversion.ledger import cash

# Days up to which a difference is that old; the last is everything older.
AGES = (30, 60, 90)


@dataclass(frozen=True)
class Figures:
    """How bank and books stand on the last day of the newest statement.

    The bank's balance, less lines that nobody explained, is the books' cash, less what the
    bank has not shown yet, and `gap`: what the two differed by before the first statement.
    """

    on: date
    bank: Money | None
    books: Money
    outstanding: Money
    open_lines: tuple[BankLine, ...]
    gap: Money
    gap_since: date

    @property
    def unexplained(self) -> Money:
        """Return the sum of all that is unexplained, in and out never offset."""
        lines = sum(abs(line.amount.cents) for line in self.open_lines)
        return Money(lines + abs(self.gap.cents))

    def by_age(self, today: date) -> tuple[Money, ...]:
        """Return the unexplained cents by age: up to 30, 60, 90 days, and older."""
        parts = [0] * (len(AGES) + 1)
        for on, amount in self.dated():
            days = (today - on).days
            parts[sum(days > age for age in AGES)] += abs(amount.cents)
        return tuple(Money(part) for part in parts)

    def dated(self) -> Sequence[tuple[date, Money]]:
        """Return what is unexplained with the day that it is of."""
        found = [(line.happened_on, line.amount) for line in self.open_lines]
        return [*found, (self.gap_since, self.gap)] if self.gap else found


def figures() -> Figures | None:
    """Return how bank and books stand; None before the first statement."""
    query = queries.live_statements()
    newest = db.session.scalars(
        query.order_by(BankStatement.last_on.desc(), BankStatement.id.desc())
    ).first()
    began = open_items.began_on()
    if newest is None or began is None:
        return None
    on = newest.last_on
    held = [key for key, s in queries.standings().items() if s.state is queries.State.HELD]
    lines = tuple(db.session.scalars(queries.live_lines().where(BankLine.id.not_in(held))))
    outstanding = Money(sum(int(row.cents) for row in open_items.outstanding(on)))
    books = cash.cash_on(on)
    gap = ZERO
    if newest.closing is not None:
        explained = newest.closing - Money.total(x.amount for x in lines if x.happened_on <= on)
        gap = explained - (books - outstanding) - open_items.posted_later(on)
    return Figures(on, newest.closing, books, outstanding, lines, gap, began - timedelta(days=1))
