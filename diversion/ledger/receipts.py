"""Read the register of receipts: what lies in the drawer, and whether a number is missing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, func, select

from diversion.core.database import db
from diversion.core.money import Money
from diversion.ledger.accounts import (
    IN_TRANSIT,
    STATUTORY_IN_TRANSIT,
    STATUTORY_UNDEPOSITED,
    TENDERS,
    UNDEPOSITED,
)
from diversion.ledger.commands import Mode
from diversion.ledger.models import (
    Entry,
    Posting,
    ReceiptNumber,
)
from diversion.ledger.queries import balance, open_items

BAGS = (IN_TRANSIT, STATUTORY_IN_TRANSIT)


@dataclass(frozen=True)
class OpenReceipt:
    """A receipt whose money still lies in the drawer."""

    id: int
    number: str
    on: date
    mode: Mode
    reference: str
    amount: Money
    cashier: int
    imported: bool
    entry: int
    hash: str


def undeposited(*, imported: bool | None = None, account: int = UNDEPOSITED) -> list[OpenReceipt]:
    """Return the receipts whose money lies in the drawer, by number; of the Account, or else."""
    items = open_items(account).subquery()
    query = _read().join(items, items.c.sub == ReceiptNumber.id)
    if imported is not None:
        query = query.where(ReceiptNumber.imported.is_(imported))
    return _receipts(query)


def of_keys(keys: Any) -> list[OpenReceipt]:
    """Return receipts by their keys, which may be a query; by number."""
    return _receipts(_read().where(ReceiptNumber.id.in_(keys)))


def same_paper(mode: Mode, reference: str, amount: Money, on: date) -> str | None:
    """Return the newest valid receipt of a day for a check of this number and amount."""
    back = select(Entry.reverses).where(Entry.reverses.is_not(None))
    query = _read().where(
        ReceiptNumber.mode == mode, ReceiptNumber.cents == amount.cents, ~ReceiptNumber.imported,
        func.ltrim(ReceiptNumber.reference, "0") == reference.lstrip("0"),
        Entry.effective_on == on, Entry.id.not_in(back),
    )  # fmt: skip
    found = _receipts(query)
    return found[-1].number if found else None


def cleared_by(entry: int) -> list[OpenReceipt]:
    """Return the receipts whose money an entry took out of the drawer, by number."""
    return of_keys(
        select(Posting.sub).where(
            Posting.entry_id == entry, Posting.account == UNDEPOSITED, Posting.cents < 0
        )
    )


def given() -> Select[*tuple[Any, ...]]:
    """Return a query of all receipts for other queries to join: id, mode, cents, imported."""
    return select(ReceiptNumber.id, ReceiptNumber.mode, ReceiptNumber.cents, ReceiptNumber.imported)


def _read() -> Select[*tuple[Any, ...]]:
    return (
        select(ReceiptNumber, Entry.effective_on, Entry.actor, Entry.hash)
        .join(Entry, Entry.id == ReceiptNumber.entry_id)
        .order_by(ReceiptNumber.id)
    )


def _receipts(query: Select[*tuple[Any, ...]]) -> list[OpenReceipt]:
    return [
        OpenReceipt(
            r.id, r.shown, on, r.mode, r.reference, Money(r.cents), actor, r.imported,
            r.entry_id, hash_,
        )
        for r, on, actor, hash_ in db.session.execute(query)
    ]  # fmt: skip


def gaps() -> Sequence[tuple[str, int, int]]:
    """Return the series with missing numbers: prefix, how many there are, the highest."""
    count, highest = func.count(), func.max(ReceiptNumber.number)
    query = select(ReceiptNumber.series, count, highest).group_by(ReceiptNumber.series)
    return [(s, n, top) for s, n, top in db.session.execute(query.having(count != highest))]


def series() -> Sequence[tuple[str, int, int]]:
    """Return each series: prefix, first number, last number."""
    low, high = func.min(ReceiptNumber.number), func.max(ReceiptNumber.number)
    query = select(ReceiptNumber.series, low, high).group_by(ReceiptNumber.series)
    return [(s, a, b) for s, a, b in db.session.execute(query.order_by(ReceiptNumber.series))]


def is_at_bank(receipt_id: int) -> bool:
    """Say whether the bank has this receipt's money: deposited and confirmed, or settled."""
    if any(balance(account, receipt_id) for account in TENDERS):
        return False
    moved = select(Posting.entry_id).where(
        Posting.account.in_(TENDERS), Posting.sub == receipt_id, Posting.cents < 0
    )
    bags = select(Posting.account, Posting.sub).where(
        Posting.account.in_(BAGS), Posting.entry_id.in_(moved)
    )
    return not any(balance(account, bag) for account, bag in db.session.execute(bags).all())


def cash_since(cashier: int, at: datetime) -> Money:
    """Return the cash that somebody took since `at` and that was neither voided nor deposited.

    Cash of the state lies in the same drawer.
    """
    theirs = select(ReceiptNumber.id).join(Entry, Entry.id == ReceiptNumber.entry_id)
    theirs = theirs.where(
        Entry.actor == cashier, Entry.posted_at >= at, ReceiptNumber.mode == Mode.CASH,
        ~ReceiptNumber.imported,
    )  # fmt: skip
    return Money(sum(_lying(account, theirs) for account in (UNDEPOSITED, STATUTORY_UNDEPOSITED)))


def _lying(account: int, among: Select[int]) -> int:
    items = open_items(account, among).subquery()
    return int(db.session.scalar(select(func.sum(items.c.cents))) or 0)


def with_card_reference(reference: str) -> OpenReceipt | None:
    """Return the card receipt of these books with a processor's reference."""
    query = _read().where(
        ReceiptNumber.mode == Mode.CARD, ~ReceiptNumber.imported,
        ReceiptNumber.reference == reference,
    )  # fmt: skip
    return next(iter(_receipts(query)), None)
