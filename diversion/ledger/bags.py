"""Answer exports about deposits: which bag a receipt is in, and when the bank had it."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import and_, case, func, select
from sqlalchemy.orm import aliased

from diversion.core.database import db
from diversion.core.money import Money
from diversion.ledger.accounts import IN_TRANSIT, UNDEPOSITED
from diversion.ledger.commands import Mode
from diversion.ledger.events import Event
from diversion.ledger.extracts import CHUNK, Range, chunks, total
from diversion.ledger.models import Entry, Posting, ReceiptNumber

_Back = aliased(Entry)
_Bag = aliased(Posting)


def bags_of(keys: Sequence[int], up_to: int) -> dict[int, Any]:
    """Return the deposit of each receipt: its document and day, by the receipt's key."""
    turned_back = select(_Back.id).where(_Back.reverses == Entry.id, _Back.id <= up_to).exists()
    query = (
        select(Posting.sub, Entry.doc, Entry.effective_on)
        .join(Entry, Entry.id == Posting.entry_id)
        .where(
            Posting.account == UNDEPOSITED, Posting.sub.in_(keys), Entry.id <= up_to,
            Entry.event.in_((Event.DEPOSIT, Event.DEPOSITED_BEFORE)), ~turned_back,
        )
    )  # fmt: skip
    return {row.sub: row for row in db.session.execute(query)}


def deposits(wanted: Range) -> Iterator[Sequence[Any]]:
    """Return the deposits with what they hold by kind, and when the bank took them."""
    held = ReceiptNumber.cents
    columns = (
        Entry.id, Entry.doc, Entry.effective_on, Entry.actor, Entry.total,
        _Back.id.label("back"), func.count().label("receipts"),
        func.min(ReceiptNumber.id).label("low"), func.max(ReceiptNumber.id).label("high"),
        total(case((ReceiptNumber.mode == Mode.CASH, held), else_=0)).label("cash"),
        total(case((ReceiptNumber.mode == Mode.CHECK, held), else_=0)).label("checks"),
        total(case((ReceiptNumber.mode == Mode.MONEY_ORDER, held), else_=0)).label("orders"),
    )  # fmt: skip
    query = (
        select(*columns)
        .join(Posting, and_(Posting.entry_id == Entry.id, Posting.account == UNDEPOSITED))
        .join(ReceiptNumber, ReceiptNumber.id == Posting.sub)
        .outerjoin(_Back, and_(_Back.reverses == Entry.id, _Back.id <= wanted.up_to))
        .where(wanted.holds(), Entry.event == Event.DEPOSIT)
        .group_by(Entry.id, _Back.id)
        .order_by(Entry.id)
        .limit(CHUNK)
    )
    yield from chunks(query, (Entry.id,))


def confirmed(entries: Sequence[int], up_to: int) -> dict[int, Any]:
    """Return who confirmed each deposit and when, by the entry that made it."""
    query = (
        select(Posting.entry_id, Entry.id, Entry.actor, Entry.effective_on)
        .join(_Bag, and_(_Bag.account == Posting.account, _Bag.sub == Posting.sub))
        .join(Entry, Entry.id == _Bag.entry_id)
        .where(
            Posting.entry_id.in_(entries), Posting.account == IN_TRANSIT, Entry.id <= up_to,
            Entry.event == Event.DEPOSIT_CONFIRMED,
        )
    )  # fmt: skip
    return {row.entry_id: row for row in db.session.execute(query)}


def differences(entries: Sequence[int], up_to: int) -> dict[int, Money]:
    """Return by how much each deposit was over (or short), by the entry that made it."""
    query = (
        select(Posting.entry_id, func.sum(_Bag.cents))
        .join(_Bag, and_(_Bag.account == Posting.account, _Bag.sub == Posting.sub))
        .join(Entry, Entry.id == _Bag.entry_id)
        .where(
            Posting.entry_id.in_(entries), Posting.account == IN_TRANSIT, Entry.id <= up_to,
            Entry.event.in_((Event.DEPOSIT_DIFFERENCE, Event.OVER_SHORT)),
        )
        .group_by(Posting.entry_id)
    )  # fmt: skip
    return {entry: Money(int(cents)) for entry, cents in db.session.execute(query)}
