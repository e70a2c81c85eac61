"""Follow some keys of some accounts through the journal, entry by entry."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select

from diversion.core.database import db
from diversion.core.money import ZERO, Money
from diversion.ledger.events import Event
from diversion.ledger.extracts import Range
from diversion.ledger.models import Entry, Posting, ReceiptNumber
from diversion.ledger.registers import shown_receipt

Keys = Mapping[int, Collection[int]]


@dataclass(frozen=True)
class Moved:
    """What one entry moved on the keys, net, by account; `doc` is its receipt or its paper."""

    number: int
    on: date
    event: Event
    doc: str
    by_account: Mapping[int, Money]


def opening(wanted: Range, keys: Keys) -> dict[int, Money]:
    """Return by account what stood on the keys before the first day: one statement."""
    query = (
        select(Posting.account, func.sum(Posting.cents))
        .join(Entry, Entry.id == Posting.entry_id)
        .where(_on(keys), Entry.effective_on < wanted.first, Entry.id <= wanted.up_to)
        .group_by(Posting.account)
    )
    found = {code: Money(int(cents)) for code, cents in db.session.execute(query)}
    return {code: found.get(code, ZERO) for code in keys}


def moved(wanted: Range, keys: Keys) -> Iterator[Moved]:
    """Yield the entries that move the keys, by day and number: one statement."""
    sums = [
        func.coalesce(func.sum(Posting.cents).filter(Posting.account == code), 0) for code in keys
    ]
    query = (
        select(
            Entry.id, Entry.effective_on, Entry.event, Entry.doc, ReceiptNumber.series,
            ReceiptNumber.number, *sums,
        )
        .join(Posting, Posting.entry_id == Entry.id)
        .outerjoin(ReceiptNumber, ReceiptNumber.entry_id == Entry.id)
        .where(_on(keys), wanted.holds())
        .group_by(Entry.id, ReceiptNumber.id)
        .order_by(Entry.effective_on, Entry.id)
    )  # fmt: skip
    for row in db.session.execute(query):
        cents: Sequence[Any] = row[-len(keys) :]
        by_account = {code: Money(int(part)) for code, part in zip(keys, cents, strict=True)}
        doc = shown_receipt(row) or row.doc
        yield Moved(row.id, row.effective_on, row.event, doc, by_account)


def _on(keys: Keys) -> ColumnElement[bool]:
    return or_(
        *(and_(Posting.account == code, Posting.sub.in_(subs)) for code, subs in keys.items())
    )
