"""Answer exports: what is out of the ordinary, what was paid, what became of months."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import case, func, select

from diversion.core.database import db
from diversion.core.money import Money
from diversion.ledger.accounts import RECEIVABLE, STATUTORY_DUE, TREASURY, Group
from diversion.ledger.events import Event
from diversion.ledger.exceptions import amount, is_one
from diversion.ledger.extracts import Range
from diversion.ledger.models import (
    AccountRow,
    Entry,
    Period,
    PeriodEvent,
    Posting,
    ReceiptNumber,
)

PAID = (Event.PAY, Event.ADVANCE)


def exceptions(wanted: Range) -> Sequence[Any]:
    """Return the entries that somebody else should look at, by number; `sub` is a fee's key."""
    fee = case((Posting.account == RECEIVABLE, Posting.sub))
    return _entries(wanted, is_one(), func.min(fee).label("sub"))


def payments(wanted: Range) -> Sequence[Any]:
    """Return the entries that paid money out of the treasurer's cash, by number."""
    out = case((Posting.account == TREASURY, -Posting.cents), else_=0)
    mark = case((Posting.account == TREASURY, Posting.earmark))
    return _entries(
        wanted, Entry.event.in_(PAID), func.sum(out).label("out"), func.min(mark).label("earmark")
    )


def sums(wanted: Range) -> tuple[Money, int]:
    """Return what was paid out and how many entries are exceptions, asked apart from the rows."""
    paid = (
        select(func.coalesce(func.sum(-Posting.cents), 0))
        .join(Entry, Entry.id == Posting.entry_id)
        .where(wanted.holds(), Posting.account == TREASURY, Entry.event.in_(PAID))
    )
    count = select(func.count(Entry.id)).where(wanted.holds(), is_one())
    return Money(int(db.session.scalar(paid) or 0)), db.session.scalar(count) or 0


def held_for_others(wanted: Range) -> Sequence[Any]:
    """Return what moved the fee that is due to others, by entry and remittee.

    Each has id, effective_on, event, doc, reverses, remittee, due, and the receipt it gave.
    """
    query = (
        select(
            Entry.id, Entry.effective_on, Entry.event, Entry.doc, Entry.reverses,
            Posting.sub.label("remittee"), (-Posting.cents).label("due"), ReceiptNumber.series,
            ReceiptNumber.number,
        )
        .join(Posting, Posting.entry_id == Entry.id)
        .outerjoin(ReceiptNumber, ReceiptNumber.entry_id == Entry.id)
        .where(wanted.holds(), Posting.account == STATUTORY_DUE)
        .order_by(Entry.id, Posting.line)
    )  # fmt: skip
    return db.session.execute(query).all()


def _entries(wanted: Range, which: Any, *more: Any) -> Sequence[Any]:
    query = (
        select(
            Entry.id, Entry.effective_on, Entry.event, Entry.doc, Entry.actor, Entry.approver,
            Entry.reverses, amount().label("cents"), *more,
        )
        .join(Posting, Posting.entry_id == Entry.id)
        .where(wanted.holds(), which)
        .group_by(Entry.id)
        .order_by(Entry.id)
    )  # fmt: skip
    return db.session.execute(query).all()


def becoming(wanted: Range) -> Sequence[Any]:
    """Return what became of each month of a range up to its entry, oldest first."""
    event = PeriodEvent
    query = (
        select(
            event.period_id, event.state, event.actor, event.reason, event.last_entry,
            event.happened_at, Entry.hash,
        )
        .join(Period, Period.id == event.period_id)
        .outerjoin(Entry, Entry.id == event.last_entry)
        .where(Period.starts_on <= wanted.last, Period.ends_on >= wanted.first)
        .where(event.last_entry <= wanted.up_to)
        .order_by(event.period_id, event.id)
    )  # fmt: skip
    return db.session.execute(query).all()


def is_statutory_on() -> bool:
    """Say whether the county lets the statutory fee into these books."""
    query = select(AccountRow.code).where(AccountRow.grp == Group.STATUTORY, AccountRow.active)
    return db.session.scalar(query.limit(1)) is not None
