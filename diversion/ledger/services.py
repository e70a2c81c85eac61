"""Post, turn back, and open periods; always inside the caller's transaction."""

import calendar
import logging
import secrets
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from diversion.core.database import db
from diversion.core.once import KeyUsedOtherwise
from diversion.ledger import chain, facts, periods, rules, writing
from diversion.ledger.codes import Code
from diversion.ledger.commands import OWN_RECEIPT, Command, Line, PeriodState, Tender
from diversion.ledger.events import BY_EVENT, Books, Event
from diversion.ledger.models import (
    ChainHead,
    Entry,
    Memo,
    Period,
    PeriodEvent,
    ReceiptNumber,
    Series,
)
from diversion.ledger.refusals import LedgerRefused

log = logging.getLogger(__name__)
BEFORE_THE_BOOKS = 0
NOBODY = 0


@dataclass(frozen=True)
class Posted:
    """What came of a command. `receipt_id` is the key of its receipt in the sub-ledgers."""

    number: int
    hash: str
    receipt_id: int | None = None
    receipt_number: str | None = None

    @property
    def hash16(self) -> str:
        return self.hash[:16]


def hold(*rows: object) -> None:
    """Take the lock that orders entries, before reading what is to be decided on.

    `rows` were read without it and are read again: somebody may have been faster.
    """
    facts.lock_head()
    for row in rows:
        db.session.refresh(row)


def post(
    command: Command,
    *,
    key: str,
    by: int,
    approved_by: int | None = None,
    on: date,
    now: datetime,
    before_the_books: bool = False,
) -> Posted:
    """Write the entry that `command` asks for; the same key again returns the first one.

    `on` is the court day it counts for, `by` and `approved_by` are numbers of staff.
    Raises LedgerRefused with a stable code, KeyUsedOtherwise if the key came with
    another command before.
    """
    head = facts.lock_head()
    hashed = command.request_hash(by, approved_by, on)
    earlier = db.session.scalars(select(Entry).where(Entry.key == key)).one_or_none()
    if earlier is not None:
        if earlier.request_hash != hashed:
            raise KeyUsedOtherwise
        return posted(earlier)
    original = db.session.get(Entry, command.reverses) if command.reverses else None
    before = before_the_books or BY_EVENT[command.event].books == Books.BEFORE
    before = before or (original is not None and original.period == BEFORE_THE_BOOKS)
    period = period_of(on, by=by, now=now, head=head) if not before else _before()
    asked = rules.Asked(command, on, by, approved_by)
    today = now.date() + timedelta(days=1)  # the court's day may run ahead of UTC
    answer = rules.decide(facts.snapshot(command, period, today, original), asked)
    if isinstance(answer, rules.Refusal):
        raise LedgerRefused(answer.code)
    return _write(head, answer, asked, key, hashed, period, facts.whole_second(now))


def try_out(command: Command, *, by: int, on: date, now: datetime) -> None:
    """Raise what `post` would refuse `command` with, were somebody else to approve it."""
    head = facts.lock_head()
    original = db.session.get(Entry, command.reverses) if command.reverses else None
    before = BY_EVENT[command.event].books == Books.BEFORE
    before = before or (original is not None and original.period == BEFORE_THE_BOOKS)
    period = period_of(on, by=by, now=now, head=head) if not before else _before()
    tomorrow = now.date() + timedelta(days=1)
    asked = rules.Asked(command, on, by, NOBODY)
    answer = rules.decide(facts.snapshot(command, period, tomorrow, original), asked)
    if isinstance(answer, rules.Refusal):
        raise LedgerRefused(answer.code)


def reverse(
    number: int,
    *,
    event: Event = Event.REVERSE,
    key: str,
    by: int,
    approved_by: int | None = None,
    on: date,
    now: datetime,
    doc: str = "",
    memo: str = "",
) -> Posted:
    """Post the exact negative of an entry; it can be done once. The first entry stays.

    Raises LedgerRefused as `post` does.
    """
    lines = [replace(line, cents=-line.cents) for line in facts.lines_of(number)]
    if not lines:
        raise LedgerRefused(Code.NOT_REVERSIBLE)
    command = Command(event, lines, doc=doc, memo=memo, reverses=number)
    return post(command, key=key, by=by, approved_by=approved_by, on=on, now=now)


def posted(entry: Entry) -> Posted:
    """Return what `post` returned when it wrote this entry."""
    query = select(ReceiptNumber).where(ReceiptNumber.entry_id == entry.id)
    receipt = db.session.scalars(query).one_or_none()
    if receipt is None:
        return Posted(entry.id, entry.hash)
    return Posted(entry.id, entry.hash, receipt.id, receipt.shown)


def period_of(on: date, *, by: int, now: datetime, head: ChainHead) -> Period:
    """Return the month of `on`; its first entry opens it, unless a later month is closed."""
    number = on.year * 100 + on.month
    period = db.session.get(Period, number, with_for_update={"read": True})
    if period is None:
        if periods.closed_after(number):
            raise LedgerRefused(Code.PERIOD_CLOSED)
        last = on.replace(day=calendar.monthrange(on.year, on.month)[1])
        first = on.replace(day=1)
        period = Period(id=number, starts_on=first, ends_on=last, state=PeriodState.OPEN)
        db.session.add(period)
        db.session.flush()
        opened = PeriodEvent(
            period_id=number, state=PeriodState.OPEN, actor=by, approver=None,
            reason="first entry", last_entry=head.seq, happened_at=now,
        )  # fmt: skip
        db.session.add(opened)
        db.session.flush()
    return period


def _before() -> Period:
    return db.session.get_one(Period, BEFORE_THE_BOOKS)


def _write(head: ChainHead, draft: rules.Draft, asked: rules.Asked, key: str, hashed: str,
           period: Period, now: datetime) -> Posted:  # fmt: skip
    """Write receipt, lines, then the entry row as their seal."""
    command, number = asked.command, head.seq + 1
    try:
        receipt = _number_receipt(command.tender, number) if command.tender else None
        own = receipt.id if receipt else 0
        lines = [replace(x, sub=own) if x.sub == OWN_RECEIPT else x for x in draft.lines]
        entry = _seal(head, draft, asked, lines, key=key, hashed=hashed, period=period, now=now)
    except IntegrityError as error:
        if "LEDGER:" in str(error.orig):
            log.error("the ledger's guard refused what the rules had let pass")
        raise
    db.session.expire(head)
    if receipt is None:
        return Posted(number, entry)
    return Posted(number, entry, receipt.id, receipt.shown)


def _seal(head: ChainHead, draft: rules.Draft, asked: rules.Asked, lines: list[Line], *,
          key: str, hashed: str, period: Period, now: datetime) -> str:  # fmt: skip
    command, number = asked.command, head.seq + 1
    salt = secrets.token_hex(32) if command.memo else ""
    sealed = chain.Sealed(
        number, key, hashed, command.event, command.doc, asked.on, now, period.id, asked.by,
        asked.approved_by, command.reverses, chain.memo_hash(salt, command.memo), len(lines),
        draft.total,
    )  # fmt: skip
    hash_ = chain.link(head.hash, chain.canonical(sealed, lines))
    writing.write({**vars(sealed), "prev": head.hash, "hash": hash_}, lines)
    if command.memo:
        db.session.add(Memo(entry_id=number, salt=salt, text=command.memo))
        db.session.flush()
    return hash_


def _number_receipt(tender: Tender, entry: int) -> ReceiptNumber:
    """Take the next number, as late as possible; a rollback gives it back."""
    series = db.session.get(Series, tender.series, with_for_update=True, populate_existing=True)
    if series is None:
        db.session.add(Series(prefix=tender.series, last=0))
        db.session.flush()
    last = series.last if series else 0
    newest = db.session.scalar(select(func.coalesce(func.max(ReceiptNumber.id), 0)))
    row = ReceiptNumber(
        id=(newest or 0) + 1, series=tender.series, number=last + 1, entry_id=entry,
        mode=tender.mode, cents=tender.amount.cents, reference=tender.reference,
        imported=tender.imported,
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    return row
