"""Say by which events a sub-ledger key came to its balance, as of a day and an entry."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import aliased

from diversion.core.database import db
from diversion.core.money import ZERO, Money
from diversion.ledger.events import Event
from diversion.ledger.models import Entry, Posting

Movements = Mapping[Event, Money]


def movements(
    account: int,
    subs: Collection[int] | None = None,
    *,
    on: date | None = None,
    up_to: int | None = None,
) -> dict[int, Movements]:
    """Return the net cents by key and event: one statement.

    What turned an entry back counts under the event that it turned back, so a fee
    that was waived and reinstated shows no waiver. `on`: the last effective day that
    counts, `up_to`: the last entry.
    """
    original = aliased(Entry)
    event = func.coalesce(original.event, Entry.event)
    query = (
        select(Posting.sub, event, func.sum(Posting.cents))
        .join(Entry, Entry.id == Posting.entry_id)
        .outerjoin(original, original.id == Entry.reverses)
        .where(Posting.account == account)
        .group_by(Posting.sub, event)
    )
    if subs is not None:
        query = query.where(Posting.sub.in_(subs))
    query = _by(query, Entry, on, up_to)
    found: dict[int, dict[Event, Money]] = defaultdict(dict)
    for sub, code, cents in db.session.execute(query):
        found[sub][Event(code)] = Money(int(cents))
    return dict(found)


def sum_of(found: Movements, *events: Event) -> Money:
    return Money.total(found.get(event, ZERO) for event in events)


def turned_back(entries: Collection[int]) -> set[int]:
    """Return which of these entries a later one reversed."""
    query = select(Entry.reverses).where(Entry.reverses.in_(entries))
    return {number for number in db.session.scalars(query) if number is not None}


def counted(
    entries: Collection[int], *, on: date | None = None, up_to: int | None = None
) -> dict[int, bool]:
    """Return which of some entries were posted by a day and an entry, and which stood then."""
    if not entries:
        return {}
    back = aliased(Entry)
    turns = _by(select(back.reverses).where(back.reverses.in_(entries)), back, on, up_to)
    query = select(Entry.id, Entry.id.not_in(turns)).where(Entry.id.in_(entries))
    return {
        number: bool(stood) for number, stood in db.session.execute(_by(query, Entry, on, up_to))
    }


def taken_back(
    receipts: Collection[str], *, on: date | None = None, up_to: int | None = None
) -> set[str]:
    """Return which receipts, by number, a bank or a processor took back and did not give again."""
    query = bounced(on=on, up_to=up_to).where(Entry.doc.in_(receipts))
    return set(db.session.scalars(query))


def bounced(*, on: date | None = None, up_to: int | None = None) -> Select[str]:
    """Return the numbers of all receipts that were taken back, by a day and an entry."""
    won, events = aliased(Entry), (Event.RETURNED_ITEM, Event.CHARGEBACK)
    back = _by(select(won.reverses).where(won.reverses.is_not(None)), won, on, up_to)
    query = select(Entry.doc).where(Entry.event.in_(events), Entry.id.not_in(back))
    return _by(query, Entry, on, up_to)


def _by(
    query: Select[*tuple[Any, ...]], entry: Any, on: date | None, up_to: int | None
) -> Select[*tuple[Any, ...]]:
    if on is not None:
        query = query.where(entry.effective_on <= on)
    return query if up_to is None else query.where(entry.id <= up_to)
