"""Answer general ledgers: the entries of an account by day and number, in flat memory."""

from array import array
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Select, func, select, tuple_

from diversion.core.database import db, is_writing
from diversion.core.money import Money
from diversion.ledger.extracts import CHUNK, Range
from diversion.ledger.models import Entry, Posting, ReceiptNumber


def entries(wanted: Range, account: int) -> Select[*tuple[Any, ...]]:
    """Return a query of the entries that move an account, by day and number."""
    query = _moved().where(Posting.account == account, wanted.holds())
    return query.order_by(Entry.effective_on, Entry.id)


def stood_after(wanted: Range, account: int, last: tuple[date, int]) -> Money:
    """Return what stood on an account after the entry of a day and a number."""
    query = (
        select(func.coalesce(func.sum(Posting.cents), 0))
        .join(Entry, Entry.id == Posting.entry_id)
        .where(
            Posting.account == account, Entry.id <= wanted.up_to,
            tuple_(Entry.effective_on, Entry.id) <= tuple_(*last),
        )
    )  # fmt: skip
    return Money(int(db.session.scalar(query) or 0))


def openings(wanted: Range) -> dict[int, Money]:
    """Return what stood on each account before the first day."""
    query = (
        select(Posting.account, func.sum(Posting.cents))
        .join(Entry, Entry.id == Posting.entry_id)
        .where(Entry.effective_on < wanted.first, Entry.id <= wanted.up_to)
        .group_by(Posting.account)
    )
    return {account: Money(int(cents)) for account, cents in db.session.execute(query)}


def every(wanted: Range, account: int | None = None) -> Iterator[Any]:
    """Yield the entries of one account, or of all one after the other, by day and number.

    Their order is read first, as plain numbers; what they say is read some thousand at a time.
    """
    codes, numbers = _places(wanted, account)
    _let_go()
    for first in range(0, len(numbers), CHUNK):
        part = slice(first, first + CHUNK)
        rows = _of(list(zip(codes[part], numbers[part], strict=True)))
        _let_go()
        yield from rows
        wanted.told(len(rows))


def _places(wanted: Range, account: int | None) -> "tuple[array[int], array[int]]":
    codes, numbers = array("q"), array("q")
    query = (
        select(Posting.account, Entry.id)
        .join(Entry, Entry.id == Posting.entry_id)
        .where(wanted.holds())
        .group_by(Posting.account, Entry.effective_on, Entry.id)
        .order_by(Posting.account, Entry.effective_on, Entry.id)
    )
    if account is not None:
        query = query.where(Posting.account == account)
    for rows in db.session.execute(query).partitions(CHUNK):
        codes.extend(row.account for row in rows)
        numbers.extend(row.id for row in rows)
    return codes, numbers


def _of(places: Sequence[tuple[int, int]]) -> list[Any]:
    query = _moved().where(
        Entry.id.in_({number for _code, number in places}),
        Posting.account.in_({code for code, _number in places}),
    )
    found = {(row.account, row.id): row for row in db.session.execute(query)}
    return [found[place] for place in places]


def _moved() -> Select[*tuple[Any, ...]]:
    return (
        select(
            Entry.id, Entry.effective_on, Entry.event, Entry.doc, Posting.account,
            func.sum(Posting.cents).filter(Posting.cents > 0).label("debits"),
            func.sum(-Posting.cents).filter(Posting.cents < 0).label("credits"),
            ReceiptNumber.series, ReceiptNumber.number,
        )
        .join(Posting, Posting.entry_id == Entry.id)
        .outerjoin(ReceiptNumber, ReceiptNumber.entry_id == Entry.id)
        .group_by(Entry.id, ReceiptNumber.id, Posting.account)
    )  # fmt: skip


def _let_go() -> None:
    """End the read, so that nobody waits for it while a file is written."""
    if not is_writing():
        db.session.rollback()
