"""Answer what was set aside, promised and spent of each line of the budget."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, and_, case, func, select

from diversion.core.database import db
from diversion.core.finding import the_one
from diversion.core.money import Money
from diversion.fund.budget.models import BudgetLine
from diversion.fund.orders.meaning import AVAILABLE, ENCUMBERED, EXPENDED
from diversion.fund.orders.models import Order
from diversion.ledger.events import Event
from diversion.ledger.models import Earmark, Entry, Posting
from diversion.ledger.movements import counted


@dataclass(frozen=True)
class Standing:
    """A line of the budget; what is not available is promised or spent."""

    id: int
    handle: str
    name: str
    earmark: int
    earmark_name: str
    adopted: Money
    amended: Money
    encumbered: Money
    expended: Money

    @property
    def whole(self) -> Money:
        return self.adopted + self.amended

    @property
    def available(self) -> Money:
        return self.whole - self.encumbered - self.expended

    @property
    def used(self) -> int:
        """Return how much of the line is promised or spent, in whole percent."""
        used, whole = (self.encumbered + self.expended).cents, self.whole.cents
        return used * 100 // whole if whole else 0


def standings(until: date, *, up_to: int | None = None) -> list[Standing]:
    """Return each line as it stood at the end of a day, entry `up_to` the last; four statements."""
    sums = {row.line_id: row for row in db.session.execute(_sums(until, up_to))}
    query = select(BudgetLine, Earmark.name).join(Earmark, Earmark.number == BudgetLine.earmark)
    rows = db.session.execute(query.order_by(Earmark.number, BudgetLine.name))
    return [_standing(line, earmark, sums.get(line.id)) for line, earmark in rows]


def total(lines: Sequence[Standing]) -> Standing:
    """Return what all lines come to."""
    sums = [
        Money.total(getattr(each, name) for each in lines)
        for name in ("adopted", "amended", "encumbered", "expended")
    ]
    return Standing(0, "", "", 0, "", *sums)


def line(handle: str) -> BudgetLine:
    """Return a line by its handle. Raises NotYours."""
    return the_one(select(BudgetLine).where(BudgetLine.handle == handle))


def lines() -> Sequence[BudgetLine]:
    return db.session.scalars(select(BudgetLine).order_by(BudgetLine.name)).all()


def is_adopted(line_id: int, since: date) -> bool:
    """Say whether a line was adopted on or after a day, the first of its year."""
    query = (
        select(func.count())
        .select_from(Posting)
        .join(Entry, Entry.id == Posting.entry_id)
        .where(Posting.account == AVAILABLE, Posting.sub == line_id, Entry.effective_on >= since)
        .where(Entry.event == Event.BUDGET_ADOPT)
    )
    return bool(db.session.scalar(query))


def _sums(until: date, up_to: int | None) -> Select[*tuple[Any, ...]]:
    """An award's postings count for the line that it was made from.

    What was adopted before the budget last lapsed is gone with what it was spent on.
    """
    made = select(Order.award_id, Order.line_id).where(Order.award_id.is_not(None)).distinct()
    of = made.subquery()
    line_id = case((Posting.account == AVAILABLE, Posting.sub), else_=of.c.line_id)
    adopted = and_(Entry.event == Event.BUDGET_ADOPT, Entry.effective_on > _lapsed(until, up_to))
    query = (
        select(
            line_id.label("line_id"),
            func.sum(-Posting.cents).label("whole"),
            func.sum(case((adopted, -Posting.cents), else_=0)).label("adopted"),
            func.sum(case((Posting.account == ENCUMBERED, -Posting.cents), else_=0)).label("held"),
            func.sum(case((Posting.account == EXPENDED, -Posting.cents), else_=0)).label("spent"),
        )
        .join(Entry, Entry.id == Posting.entry_id)
        .outerjoin(of, of.c.award_id == Posting.sub)
        .where(Posting.account.in_((AVAILABLE, ENCUMBERED, EXPENDED)), Entry.effective_on <= until)
        .group_by(line_id)
    )
    return query if up_to is None else query.where(Entry.id <= up_to)


def _lapsed(until: date, up_to: int | None) -> date:
    """Return the day on which the budget last lapsed, by a day and an entry."""
    query = (
        select(Entry.id, Entry.effective_on)
        .join(Posting, Posting.entry_id == Entry.id)
        .where(Entry.event == Event.YEAR_CLOSE, Posting.account == AVAILABLE)
        .distinct()
    )
    closed = {row.id: row.effective_on for row in db.session.execute(query)}
    stood = counted(list(closed), on=until, up_to=up_to)
    return max((on for entry, on in closed.items() if stood.get(entry)), default=date.min)


def _standing(line: BudgetLine, earmark: str, row: Any) -> Standing:
    cents = [int(x or 0) for x in (row.adopted, row.whole, row.held, row.spent)] if row else [0] * 4
    adopted, whole, held, spent = map(Money, cents)
    return Standing(
        line.id, line.handle, line.name, line.earmark, earmark, adopted, whole - adopted, held,
        spent,
    )  # fmt: skip
