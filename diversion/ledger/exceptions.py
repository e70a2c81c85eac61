"""Pick out the entries that somebody else should look at before a month is closed."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, select
from sqlalchemy.orm import aliased

from diversion.core.database import db
from diversion.ledger.accounts import (
    DEFERRED,
    RECEIVABLE,
    STATUTORY_UNDEPOSITED,
    UNDEPOSITED,
)
from diversion.ledger.events import RELAXED, Event
from diversion.ledger.extracts import Range
from diversion.ledger.models import Entry, Posting, ReceiptNumber

E = Event
EXCEPTIONS = frozenset(
    {
        E.ADJUST, E.ASSESS_UP, E.CHARGEBACK, E.CHARGEBACK_WON, E.CHECK_STALE, E.CHECK_VOIDED,
        E.DEPOSIT_DIFFERENCE, E.OVER_SHORT, E.REDUCE, E.REFUND_APPROVED, E.REFUND_CREDIT,
        E.REFUND_PAID, E.REINSTATE, E.RETURNED_FEE, E.RETURNED_ITEM, E.REVERSE, E.STF_RETURNED,
        E.STF_VOID, E.TRANSFER_IN, E.TRANSFER_OUT, E.VOID_RECEIPT, E.WAIVE, E.WRITE_OFF,
    }
)  # fmt: skip
_Back, _Taken, _Given = aliased(Entry), aliased(Entry), aliased(Posting)


def exceptions(number: int) -> Sequence[Any]:
    """Return the entries of a period that are out of the ordinary, oldest first."""
    return _unusual(Entry.period == number)


def between(wanted: Range) -> Sequence[Any]:
    """Return the entries of some days that are out of the ordinary, oldest first."""
    return _unusual(wanted.holds())


def _unusual(chosen: ColumnElement[bool]) -> Sequence[Any]:
    query = (
        select(
            Entry.id, Entry.effective_on, Entry.event, Entry.doc, Entry.actor, Entry.approver,
            Entry.reverses, amount().label("cents"),
        )
        .join(Posting, Posting.entry_id == Entry.id)
        .where(chosen, is_one())
        .group_by(Entry.id)
        .order_by(Entry.id)
    )  # fmt: skip
    return db.session.execute(query).all()


def is_one() -> ColumnElement[bool]:
    """Choose entries that are out of the ordinary, deposits by their own cashiers among them."""
    return Entry.event.in_(sorted(EXCEPTIONS)) | _by_its_cashier()


def amount() -> ColumnElement[int]:
    """Return how much money an entry is about, in cents: its debits.

    What is owed and not yet earned rise and fall together beside it, so they count only
    where nothing else moves.
    """
    debit, beside = Posting.cents > 0, Posting.account.in_((RECEIVABLE, DEFERRED))
    moved = func.sum(case((and_(debit, ~beside), Posting.cents), else_=0))
    return func.coalesce(func.nullif(moved, 0), func.sum(case((debit, Posting.cents), else_=0)))


def hands(wanted: Range) -> Sequence[Any]:
    """Return who took money that its own cashier deposited: the day of the deposit, and who."""
    own = select(Entry.id).where(wanted.holds(), _by_its_cashier())
    query = (
        select(_Back.effective_on, _Taken.actor)
        .join(_Given, _Given.entry_id == _Back.id)
        .join(ReceiptNumber, ReceiptNumber.id == _Given.sub)
        .join(_Taken, _Taken.id == ReceiptNumber.entry_id)
        .where(_GIVEN_UP, ~ReceiptNumber.imported, _Back.id.in_(own))
    )
    return db.session.execute(query.distinct()).all()


_GIVEN_UP = and_(_Given.account.in_((UNDEPOSITED, STATUTORY_UNDEPOSITED)), _Given.cents < 0)


def _by_its_cashier() -> ColumnElement[bool]:
    """Choose deposits of money that whoever made them took: small-office mode lets them."""
    own = (
        select(_Given.entry_id)
        .join(ReceiptNumber, ReceiptNumber.id == _Given.sub)
        .join(_Taken, _Taken.id == ReceiptNumber.entry_id)
        .where(_Given.entry_id == Entry.id, _GIVEN_UP, ~ReceiptNumber.imported)
        .where(_Taken.actor == Entry.actor)
    )
    return and_(Entry.event.in_(sorted(RELAXED)), own.correlate(Entry).exists())


def year_end_on(day: date) -> int:
    """Return the entry that closed the fiscal year on its last day and still stands, or 0."""
    query = (
        select(Entry.id)
        .outerjoin(_Back, _Back.reverses == Entry.id)
        .where(Entry.event == E.YEAR_CLOSE, Entry.effective_on == day, _Back.id.is_(None))
    )
    return db.session.scalar(query.limit(1)) or 0


def opening_entry() -> int:
    """Return the entry that opened the books and still stands, or 0."""
    query = (
        select(Entry.id)
        .outerjoin(_Back, _Back.reverses == Entry.id)
        .where(Entry.event == E.OPENING, _Back.id.is_(None))
    )
    return db.session.scalar(query.limit(1)) or 0
