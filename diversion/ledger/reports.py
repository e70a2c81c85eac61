"""Answer the reports of the fund: whatever counts until a day, up to one named entry."""

from collections.abc import Collection

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import aliased

from diversion.core.database import db
from diversion.core.money import Money
from diversion.ledger.events import Event
from diversion.ledger.extracts import Range
from diversion.ledger.models import Entry, Posting
from diversion.ledger.queries import Head

_First = aliased(Entry)


def opening(wanted: Range, account: int) -> Money:
    """Return what stood on an account before the first day."""
    query = (
        select(func.coalesce(func.sum(Posting.cents), 0))
        .join(Entry, Entry.id == Posting.entry_id)
        .where(
            Posting.account == account, Entry.effective_on < wanted.first,
            Entry.id <= wanted.up_to,
        )
    )  # fmt: skip
    return Money(int(db.session.scalar(query) or 0))


def by_event(wanted: Range, accounts: Collection[int]) -> dict[Event, Money]:
    """Return what each event moved on some accounts; what turns back counts with its original."""
    event = func.coalesce(_First.event, Entry.event)
    query = (
        select(event, func.sum(Posting.cents))
        .select_from(Posting)
        .join(Entry, Entry.id == Posting.entry_id)
        .outerjoin(_First, _First.id == Entry.reverses)
        .where(Posting.account.in_(accounts), wanted.holds())
        .group_by(event)
    )
    return {Event(name): Money(int(cents)) for name, cents in db.session.execute(query)}


def closings() -> set[int]:
    """Return the entries that only carry a year over, what turns them back, and so on."""
    found = set(db.session.scalars(select(Entry.id).where(Entry.event == Event.YEAR_CLOSE)))
    newest = found
    while newest:
        newest = set(db.session.scalars(select(Entry.id).where(Entry.reverses.in_(newest))))
        found |= newest
    return found


def is_business() -> ColumnElement[bool]:
    """Leave out what only carries a year's income and spending over."""
    return Entry.id.not_in(closings())


def by_earmark(wanted: Range, accounts: Collection[int]) -> dict[int, Money]:
    """Return what was earned and spent on some accounts within the days, by earmark."""
    query = (
        select(Posting.earmark, func.sum(Posting.cents))
        .join(Entry, Entry.id == Posting.entry_id)
        .where(Posting.account.in_(accounts), wanted.holds(), is_business())
        .group_by(Posting.earmark)
    )
    return {mark: Money(int(cents)) for mark, cents in db.session.execute(query)}


def head_at(number: int) -> Head:
    """Return the entry that a report is as of; files and papers name its hash."""
    row = db.session.execute(select(Entry.hash, Entry.posted_at).where(Entry.id == number)).first()
    return Head(number, row.hash, row.posted_at) if row else Head(0, "", None)
