"""Answer a register: the entries that move some accounts, and what stands after each."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, or_, select, tuple_

from diversion.core.database import db
from diversion.core.errors import Invalid
from diversion.core.money import Money
from diversion.ledger.events import Event
from diversion.ledger.models import AccountRow, Entry, Posting, ReceiptNumber
from diversion.ledger.queries import credited, debited

_RECEIPT = re.compile(r"([A-Z]{1,4}-(?:[0-9]{4}-)?)0*([0-9]{1,9})")


@dataclass(frozen=True)
class Wanted:
    """What a register is asked for; empty means all.

    `text` is an entry's number, a receipt's, a document's, a check's, or an amount.
    """

    accounts: tuple[int, ...]
    first: date | None = None
    last: date | None = None
    events: frozenset[Event] = field(default_factory=frozenset)
    text: str = ""

    @property
    def is_partial(self) -> bool:
        """Say whether entries between the two days may be left out."""
        return bool(self.events or self.text)


@dataclass(frozen=True)
class Sums:
    """What the whole filter adds up to; `opening` and `closing` count every entry."""

    opening: Money
    debits: Money
    debit_entries: int
    credits: Money
    credit_entries: int
    closing: Money


def entries(wanted: Wanted) -> Select[*tuple[Any, ...]]:
    """Return a query of the entries, oldest first, with what each moves on these accounts."""
    columns = (
        Entry.id, Entry.effective_on, Entry.event, Entry.doc, Entry.reverses, Entry.approver,
        ReceiptNumber.series, ReceiptNumber.number, ReceiptNumber.mode, ReceiptNumber.reference,
    )  # fmt: skip
    return (
        select(*columns, func.sum(debited()).label("debits"), func.sum(credited()).label("credits"))
        .join(Posting, Posting.entry_id == Entry.id)
        .outerjoin(ReceiptNumber, ReceiptNumber.entry_id == Entry.id)
        .where(Posting.account.in_(wanted.accounts), *_filter(wanted))
        .group_by(Entry.id, ReceiptNumber.id)
        .order_by(Entry.effective_on, Entry.id)
    )


def sums(wanted: Wanted) -> Sums:
    """Return what the filter adds up to, in one statement."""
    inside = _all_of(_filter(wanted))
    before = Entry.effective_on < wanted.first if wanted.first else Entry.id < 0
    until = Entry.effective_on <= wanted.last if wanted.last else Entry.id > 0
    debit, credit = inside & (Posting.cents > 0), inside & (Posting.cents < 0)
    query = (
        select(
            _sum(before, Posting.cents), _sum(until, Posting.cents),
            _sum(debit, Posting.cents), func.count(case((debit, Entry.id)).distinct()),
            _sum(credit, -Posting.cents), func.count(case((credit, Entry.id)).distinct()),
        )
        .select_from(Posting)
        .join(Entry, Posting.entry_id == Entry.id)
        .where(Posting.account.in_(wanted.accounts))
    )  # fmt: skip
    opening, closing, debits, some, credits_, others = db.session.execute(query).one()
    return Sums(
        Money(int(opening)), Money(int(debits)), some, Money(int(credits_)), others,
        Money(int(closing)),
    )  # fmt: skip


def running(accounts: Collection[int], rows: Sequence[Any]) -> tuple[Money, dict[int, Money]]:
    """Return the balance before the first of `rows`, and the one after each, by entry.

    Every entry of the accounts counts, also those that a filter leaves out.
    """
    if not rows:
        return Money(0), {}
    place = tuple_(Entry.effective_on, Entry.id)
    low, high = ((row.effective_on, row.id) for row in (rows[0], rows[-1]))
    moved = (
        select(Entry.id, func.sum(Posting.cents).label("cents"), Entry.effective_on)
        .join(Posting, Posting.entry_id == Entry.id)
        .where(Posting.account.in_(accounts))
        .group_by(Entry.id)
    )
    before = moved.where(place < tuple_(*low)).subquery()
    base = int(db.session.scalar(select(func.coalesce(func.sum(before.c.cents), 0))) or 0)
    span = moved.where(place >= tuple_(*low), place <= tuple_(*high)).subquery()
    so_far = func.sum(span.c.cents).over(order_by=(span.c.effective_on, span.c.id))
    after = {
        id_: Money(base + int(net)) for id_, net in db.session.execute(select(span.c.id, so_far))
    }
    return Money(base), after


def against(
    accounts: Collection[int], numbers: Collection[int]
) -> dict[int, list[tuple[int, str]]]:
    """Return the other accounts that each entry moves, as code and name."""
    query = (
        select(Posting.entry_id, AccountRow.code, AccountRow.name)
        .distinct()
        .join(AccountRow, AccountRow.code == Posting.account)
        .where(Posting.entry_id.in_(numbers), Posting.account.not_in(accounts))
        .order_by(Posting.entry_id, AccountRow.code)
    )
    found: dict[int, list[tuple[int, str]]] = {}
    for number, code, name in db.session.execute(query):
        found.setdefault(number, []).append((code, name))
    return found


def shown_receipt(row: Any) -> str:
    """Return the number on the receipt of a row of `entries`, or nothing."""
    return f"{row.series}{row.number:06d}" if row.series else ""


def _filter(wanted: Wanted) -> list[ColumnElement[bool]]:
    chosen: list[ColumnElement[bool]] = []
    if wanted.first:
        chosen.append(Entry.effective_on >= wanted.first)
    if wanted.last:
        chosen.append(Entry.effective_on <= wanted.last)
    if wanted.events:
        chosen.append(Entry.event.in_(sorted(wanted.events)))
    if wanted.text:
        chosen.append(or_(*_naming(wanted.text.strip(), wanted.accounts)))
    return chosen


def _naming(text: str, accounts: Collection[int]) -> list[ColumnElement[bool]]:
    """Return the ways in which an entry can be named by a number; an amount is that of a line."""
    ways: list[ColumnElement[bool]] = [
        Entry.doc == text.upper(),
        _has(ReceiptNumber.reference == text),
    ]
    if text.isascii() and text.isdigit() and len(text) <= 9:
        ways.append(Entry.id == int(text))
    receipt = _RECEIPT.fullmatch(text.upper())
    if receipt:
        prefix, number = receipt[1], int(receipt[2])
        ways.append(_has((ReceiptNumber.series == prefix) & (ReceiptNumber.number == number)))
    try:
        cents = Money.parse(text).cents
    except Invalid:
        return ways
    lines = select(Posting.entry_id).where(Posting.account.in_(accounts))
    return [*ways, Entry.id.in_(lines.where(Posting.cents.in_((cents, -cents))))]


def _has(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    return Entry.id.in_(select(ReceiptNumber.entry_id).where(condition))


def _all_of(conditions: list[ColumnElement[bool]]) -> ColumnElement[bool]:
    met = Entry.id > 0
    for condition in conditions:
        met = met & condition
    return met


def _sum(condition: ColumnElement[bool], amount: Any) -> Any:
    return func.coalesce(func.sum(case((condition, amount), else_=0)), 0)
