"""Read the journal: whole entries."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

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
