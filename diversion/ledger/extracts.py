"""Answer exports: whatever was sealed up to one named entry, so that the answer never changes."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, select, tuple_
from sqlalchemy.orm import aliased

from diversion.core.database import db, is_writing
from diversion.core.money import Money
from diversion.ledger.accounts import CREDITS, RECEIVABLE
from diversion.ledger.events import Event
from diversion.ledger.models import AccountRow, Entry, Posting, ReceiptNumber
from diversion.ledger.queries import credited, debited

CHUNK = 2_000
_Back = aliased(Entry)


def _nobody(_rows: int) -> None:
    """Hear nothing."""


@dataclass(frozen=True)
class Range:
    """Entries that count for the days from `first` to `last`, up to entry `up_to`.

    `told` hears, some thousand at a time, how many lines and receipts were read on.
    """

    first: date
    last: date
    up_to: int
    told: Callable[[int], None] = field(default=_nobody, compare=False, repr=False)

    def holds(self) -> ColumnElement[bool]:
        return and_(Entry.effective_on.between(self.first, self.last), Entry.id <= self.up_to)

    def until(self) -> ColumnElement[bool]:
        """Choose also what lies before the first day."""
        return and_(Entry.effective_on <= self.last, Entry.id <= self.up_to)


@dataclass(frozen=True)
class Sums:
    """What a range adds up to, asked apart from its rows. Entries are 0 where there are none."""

    lines: int
    entries: int
    first_entry: int
    last_entry: int
    debits: Money
    credits: Money
    receipts: int
    received: Money
    deposits: int
    deposited: Money


def sums(wanted: Range) -> Sums:
    """Return what a range adds up to; three statements."""
    low, high = func.coalesce(func.min(Entry.id), 0), func.coalesce(func.max(Entry.id), 0)
    columns = (func.count(), func.count(Entry.id.distinct()), low, high)
    lines = (
        select(*columns, total(debited()), total(credited()))
        .select_from(Posting)
        .join(Entry, Posting.entry_id == Entry.id)
        .where(wanted.holds())
    )
    given = (
        select(func.count(), total(ReceiptNumber.cents))
        .join(Entry, Entry.id == ReceiptNumber.entry_id)
        .where(wanted.holds())
    )
    bags = select(func.count(), total(Entry.total)).where(
        wanted.holds(), Entry.event == Event.DEPOSIT
    )
    n, entries, first, last, debits, credits_ = db.session.execute(lines).one()
    receipts, received = db.session.execute(given).one()
    deposits, deposited = db.session.execute(bags).one()
    return Sums(
        n, entries, first, last, Money(int(debits)), Money(int(credits_)), receipts,
        Money(int(received)), deposits, Money(int(deposited)),
    )  # fmt: skip


def has_more(wanted: Range, most: int) -> bool:
    """Say whether a range has more than `most` lines; no more than these are counted."""
    lines = select(Posting.line).join(Entry, Posting.entry_id == Entry.id).where(wanted.holds())
    counted = select(func.count()).select_from(lines.limit(most + 1).subquery())
    return (db.session.scalar(counted) or 0) > most


def closings(wanted: Range) -> dict[int, Money]:
    """Return the balance of each account at the end of the range."""
    query = (
        select(Posting.account, func.sum(Posting.cents))
        .join(Entry, Posting.entry_id == Entry.id)
        .where(wanted.until())
        .group_by(Posting.account)
        .order_by(Posting.account)
    )
    return {account: Money(int(cents)) for account, cents in db.session.execute(query)}


def journal(wanted: Range) -> Iterator[Sequence[Any]]:
    """Return the lines in order of entry and line, some thousand at a time.

    What is sealed stays as it is, so no snapshot is held over the whole: cashiers go on
    taking money while a file is written.
    """
    columns = (
        Posting.entry_id, Posting.line, Posting.account, Posting.sub, Posting.earmark,
        Posting.cents, Entry.effective_on, Entry.posted_at, Entry.period, Entry.event, Entry.doc,
        Entry.actor, Entry.approver, Entry.reverses, Entry.hash, Entry.prev, Entry.key,
        Entry.request_hash, Entry.memo_hash, Entry.lines, Entry.total, AccountRow.name,
        AccountRow.grp, ReceiptNumber.series, ReceiptNumber.number, _Back.id.label("reversed_by"),
    )  # fmt: skip
    query = (
        select(*columns)
        .join(Entry, Entry.id == Posting.entry_id)
        .join(AccountRow, AccountRow.code == Posting.account)
        .outerjoin(ReceiptNumber, ReceiptNumber.entry_id == Entry.id)
        .outerjoin(_Back, and_(_Back.reverses == Entry.id, _Back.id <= wanted.up_to))
        .where(wanted.holds())
        .order_by(Posting.entry_id, Posting.line)
        .limit(CHUNK)
    )
    for rows in chunks(query, (Posting.entry_id, Posting.line)):
        yield rows
        wanted.told(len(rows))


def chunks(query: Select[*tuple[Any, ...]], key: tuple[Any, ...]) -> Iterator[Sequence[Any]]:
    """Yield the rows of a query that is ordered by `key` and limited, until there are no more."""
    after: tuple[Any, ...] | None = None
    while True:
        asked = query if after is None else query.where(tuple_(*key) > tuple_(*after))
        rows = db.session.execute(asked).all()
        if not is_writing():
            db.session.rollback()  # ends the read, so that nobody waits for it
        if rows:
            yield rows
        if len(rows) < CHUNK:
            return
        after = tuple(rows[-1][: len(key)])


def receipts(wanted: Range) -> Iterator[Sequence[Any]]:
    """Return the receipts by number: what each settled and how it ended."""
    columns = (
        ReceiptNumber.series, ReceiptNumber.number, ReceiptNumber.id, ReceiptNumber.mode,
        ReceiptNumber.reference, ReceiptNumber.cents, Entry.id.label("entry"), Entry.effective_on,
        Entry.posted_at, Entry.event, Entry.actor, _Back.event.label("back"),
        _Back.actor.label("back_actor"), _Back.effective_on.label("back_on"),
        _settled(RECEIVABLE).label("applied"), _settled(CREDITS).label("credited"),
    )  # fmt: skip
    query = (
        select(*columns)
        .join(Entry, Entry.id == ReceiptNumber.entry_id)
        .outerjoin(_Back, and_(_Back.reverses == Entry.id, _Back.id <= wanted.up_to))
        .where(wanted.holds())
        .order_by(ReceiptNumber.series, ReceiptNumber.number)
        .limit(CHUNK)
    )
    for rows in chunks(query, (ReceiptNumber.series, ReceiptNumber.number)):
        yield rows
        wanted.told(len(rows))


def series(wanted: Range) -> list[tuple[str, int, int, int]]:
    """Return the series of a range: prefix, how many, the lowest and the highest number.

    Receipts from before these books keep the dates of the old file, so their numbers do
    not follow each other by month; they are left out.
    """
    number = ReceiptNumber.number
    query = (
        select(ReceiptNumber.series, func.count(), func.min(number), func.max(number))
        .join(Entry, Entry.id == ReceiptNumber.entry_id)
        .where(wanted.holds(), ~ReceiptNumber.imported)
        .group_by(ReceiptNumber.series)
        .order_by(ReceiptNumber.series)
    )
    return [(prefix, n, low, high) for prefix, n, low, high in db.session.execute(query)]


def _settled(account: int) -> Any:
    part = select(func.coalesce(func.sum(-Posting.cents), 0)).where(
        Posting.entry_id == Entry.id, Posting.account == account
    )
    return part.correlate(Entry).scalar_subquery()


def numbers_of(keys: Sequence[int]) -> dict[int, str]:
    """Return the numbers on receipts, by key."""
    rows = db.session.scalars(select(ReceiptNumber).where(ReceiptNumber.id.in_(keys)))
    return {row.id: row.shown for row in rows}


def receivables(wanted: Range) -> Iterator[Sequence[Any]]:
    """Return what each obligation was charged, let off and paid, by key and event, in cents."""
    query = (
        select(Posting.sub, Entry.event, func.sum(Posting.cents).label("cents"))
        .join(Entry, Entry.id == Posting.entry_id)
        .where(Posting.account == RECEIVABLE, wanted.until())
        .group_by(Posting.sub, Entry.event)
        .order_by(Posting.sub, Entry.event)
        .limit(CHUNK)
    )
    yield from chunks(query, (Posting.sub, Entry.event))


def total(amount: Any) -> Any:
    """Return the sum of a column, 0 for none."""
    return func.coalesce(func.sum(amount), 0)
