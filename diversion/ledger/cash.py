"""Read what moved the treasurer's cash, entry by entry, to hold against the bank."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from diversion.core.database import db
from diversion.core.money import Money
from diversion.ledger.accounts import TREASURY
from diversion.ledger.models import Entry, Posting

_Back = aliased(Entry)


def movements(first: date | None = None, last: date | None = None) -> Sequence[Any]:
    """Return the entries that moved the treasurer's cash between two days, by number.

    Each has id, event, doc, on, cents, actor; `back` is the entry that reversed it.
    """
    cents = func.sum(Posting.cents)
    query = (
        select(
            Entry.id, Entry.event, Entry.doc, Entry.effective_on.label("on"), Entry.actor,
            cents.label("cents"), Entry.reverses, _Back.id.label("back"),
        )
        .join(Posting, Posting.entry_id == Entry.id)
        .outerjoin(_Back, _Back.reverses == Entry.id)
        .where(Posting.account == TREASURY)
        .group_by(Entry.id, _Back.id)
        .having(cents != 0)
        .order_by(Entry.id)
    )  # fmt: skip
    if first is not None:
        query = query.where(Entry.effective_on >= first)
    if last is not None:
        query = query.where(Entry.effective_on <= last)
    return db.session.execute(query).all()


def cash_of(entries: Collection[int]) -> Money:
    """Return by how much entries moved the treasurer's cash."""
    query = select(func.coalesce(func.sum(Posting.cents), 0)).where(
        Posting.account == TREASURY, Posting.entry_id.in_(entries)
    )
    return Money(int(db.session.scalar(query) or 0))


def cash_on(last: date, *, up_to: int | None = None) -> Money:
    """Return the treasurer's cash by the books at the end of a day, as of an entry."""
    query = (
        select(func.coalesce(func.sum(Posting.cents), 0))
        .join(Entry, Entry.id == Posting.entry_id)
        .where(Posting.account == TREASURY, Entry.effective_on <= last)
    )
    if up_to is not None:
        query = query.where(Entry.id <= up_to)
    return Money(int(db.session.scalar(query) or 0))
