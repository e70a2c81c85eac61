"""Read the journal: the lines of an account with its running balance, and whole entries."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, func, select

from diversion.core.database import db
from diversion.core.money import Money
from diversion.ledger.commands import Mode
from diversion.ledger.events import BY_EVENT, Event
from diversion.ledger.models import (
    AccountRow,
    Entry,
    Memo,
    Posting,
    ReceiptNumber,
)


@dataclass(frozen=True)
class RegisterLine:
    """One line of an account; `balance` stands after it, whatever was filtered."""

    entry: int
    on: date
    event: Event
    doc: str
    account: int
    sub: int
    debit: Money
    credit: Money
    balance: Money
    receipt: str | None


@dataclass(frozen=True)
class PostingLine:
    line: int
    account: int
    name: str
    sub: int
    earmark: int
    debit: Money
    credit: Money


@dataclass(frozen=True)
class EntryFacts:
    """An entry with its lines, as a page shows it."""

    number: int
    event: Event
    rule: str
    doc: str
    on: date
    posted_at: datetime
    period: int
    actor: int
    approver: int | None
    reverses: int | None
    reversed_by: int | None
    memo: str
    hash: str
    receipt: str | None
    receipt_id: int | None
    mode: Mode | None
    lines: tuple[PostingLine, ...]

    @property
    def hash16(self) -> str:
        return self.hash[:16]


def register(
    account: int | None,
    first: date | None = None,
    last: date | None = None,
    *,
    event: Event | None = None,
    limit: int | None = None,
    offset: int = 0,
) -> list[RegisterLine]:
    """Return the lines of an account, oldest first, with its running balance.

    The balance runs over all lines of the account in the order of dates and entries;
    the filter only chooses which of them are shown. Without an account it is that of
    no single one and stays zero at the end of each entry.
    """
    order = (Entry.effective_on, Entry.id, Posting.line)
    running = func.sum(Posting.cents).over(order_by=order).label("running")
    inner = (
        select(
            Entry.id, Entry.effective_on, Entry.event, Entry.doc, Posting.account, Posting.sub,
            Posting.line, Posting.cents, running,
        ).join(Posting, Posting.entry_id == Entry.id)
    )  # fmt: skip
    if account is not None:
        inner = inner.where(Posting.account == account)
    rows = inner.subquery()
    query = select(rows, ReceiptNumber.series, ReceiptNumber.number).outerjoin(
        ReceiptNumber, ReceiptNumber.entry_id == rows.c.id
    )
    query = query.where(*_within(rows.c.effective_on, rows.c.event, first, last, event))
    query = query.order_by(rows.c.effective_on, rows.c.id, rows.c.line)
    return [_register_line(row) for row in db.session.execute(query.limit(limit).offset(offset))]


def _register_line(row: Any) -> RegisterLine:
    debit, credit = Money(max(row.cents, 0)), Money(max(-row.cents, 0))
    shown = f"{row.series}{row.number:06d}" if row.series else None
    return RegisterLine(
        row.id, row.effective_on, row.event, row.doc, row.account, row.sub, debit, credit,
        Money(int(row.running)), shown,
    )  # fmt: skip


def _within(on: Any, event_column: Any, first: date | None, last: date | None,
            event: Event | None) -> list[ColumnElement[bool]]:  # fmt: skip
    wanted: list[ColumnElement[bool]] = []
    if first is not None:
        wanted.append(on >= first)
    if last is not None:
        wanted.append(on <= last)
    if event is not None:
        wanted.append(event_column == event)
    return wanted


def entry(number: int) -> EntryFacts | None:
    """Return an entry with its lines, or None."""
    found = db.session.get(Entry, number)
    if found is None:
        return None
    receipt = db.session.scalars(
        select(ReceiptNumber).where(ReceiptNumber.entry_id == number)
    ).one_or_none()
    memo = db.session.scalar(select(Memo.text).where(Memo.entry_id == number))
    return EntryFacts(
        found.id, found.event, BY_EVENT[found.event].number, found.doc, found.effective_on,
        found.posted_at, found.period, found.actor, found.approver, found.reverses,
        turned_back_by(number),
        memo or "", found.hash, receipt.shown if receipt else None,
        receipt.id if receipt else None, receipt.mode if receipt else None, _lines(number),
    )  # fmt: skip


def turned_back_by(number: int) -> int | None:
    """Return the entry that reverses another."""
    return db.session.scalar(select(Entry.id).where(Entry.reverses == number))


def _lines(number: int) -> tuple[PostingLine, ...]:
    query = (
        select(Posting, AccountRow.name)
        .join(AccountRow, AccountRow.code == Posting.account)
        .where(Posting.entry_id == number)
        .order_by(Posting.line)
    )
    return tuple(
        PostingLine(
            p.line, p.account, name, p.sub, p.earmark, Money(max(p.cents, 0)),
            Money(max(-p.cents, 0)),
        )
        for p, name in db.session.execute(query)
    )  # fmt: skip
