"""Gather what a line of a statement may be: deposits, receipts, entries, returned checks."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from sqlalchemy import func, or_, select

from diversion.core.database import db
from diversion.core.money import Money
from diversion.fees.models import Receipt
from diversion.fees.unplaced.models import UnplacedReceipt
from diversion.fund.deposits import confirming
from diversion.fund.deposits import queries as deposits
from diversion.fund.kinds import event_words
from diversion.fund.orders import payments
from diversion.fund.reconciliation import before, queries
from diversion.fund.reconciliation.models import (
    BankLine,
    BankMatch,
    BankMatchEntry,
    BankMatchItem,
    BankStatement,
    ItemKind,
)
from diversion.fund.reconciliation.queries import State
from diversion.fund.reconciliation.rules import BankLine as Line
from diversion.fund.reconciliation.rules import Item
from diversion.ledger import cash, receipts
from diversion.ledger.commands import Mode
from diversion.ledger.events import Event
from diversion.ledger.models import Entry, ReceiptNumber

RETURNED = (Event.RETURNED_ITEM, Event.CHARGEBACK)


def lines(rows: Sequence[BankLine]) -> list[Line]:
    """Return lines as the rules take them."""
    return [Line(r.id, r.happened_on, r.words, r.amount, r.check_number) for r in rows]


def items() -> list[Item]:
    """Return what is in the books and on no statement, and waits on no paper."""
    taken = waiting_items()
    found = [*_deposits(), *_receipts(), *entries()]
    return [item for item in found if (item.kind, item.key) not in taken]


def waiting_items() -> set[tuple[ItemKind, int]]:
    """Return what a paper names that waits for a second person."""
    waiting = [
        standing.match.id
        for standing in queries.standings().values()
        if standing.state is State.WAITING and standing.match is not None
    ]
    return {(row.kind, row.item) for rows in queries.items_of(waiting).values() for row in rows}


def _deposits() -> list[Item]:
    """Return the bags on their way but those of which the bank took another amount, it seems."""
    doubted = confirming.all_waiting()
    return [
        Item(ItemKind.DEPOSIT, made.id, made.number, made.deposited_on, amount)
        for made, amount in deposits.on_their_way()
        if made.id not in doubted
    ]


def _receipts() -> list[Item]:
    """Return the receipts of the time before the books; the others go by a deposit."""
    return [
        Item(ItemKind.RECEIPT, r.id, r.number, r.on, r.amount, r.reference)
        for r in receipts.undeposited(imported=True)
    ]


def began_on() -> date | None:
    """Return the first day of the first statement."""
    live = queries.live_statements().with_only_columns(func.min(BankStatement.first_on))
    return db.session.scalar(live)


def outstanding(until: date | None = None) -> list[Any]:
    """Return what moved the cash since the first statement and is on none, by entry."""
    began = began_on()
    if began is None:
        return []
    tied = set(db.session.scalars(queries.tied()))
    said = set(db.session.scalars(before.standing()))
    return [row for row in cash.movements(began, until) if row.id not in tied | said]


def posted_later(until: date) -> Money:
    """Return what the bank had by a day and is in entries of a later one, as after a close."""
    lines = (
        select(BankMatchEntry.entry)
        .join(BankMatch, BankMatch.id == BankMatchEntry.match_id)
        .join(BankLine, BankLine.id == BankMatch.line_id)
        .where(BankMatchEntry.entry.in_(queries.tied()), BankLine.happened_on <= until)
    )
    chosen = or_(Entry.id.in_(lines), Entry.id.in_(before.standing()))
    query = select(Entry.id).where(chosen, Entry.effective_on > until)
    return cash.cash_of(db.session.scalars(query).all())


def unseen(until: date | None = None) -> list[Any]:
    """Return of what is outstanding until a day that which the bank should show.

    What was turned back it never will, nor what turned it back, unless one of the two is
    on a statement: then the other is missing.
    """
    rows = outstanding()
    alone, pairs = {row.id for row in rows}, set[int]()
    for row in rows:
        if row.reverses in alone - pairs:
            pairs |= {row.id, row.reverses}
    return [row for row in rows if row.id not in pairs and (until is None or row.on <= until)]


def entries() -> list[Item]:
    """Return entries that the bank should show."""
    numbers = payments.numbers()
    return [
        Item(
            ItemKind.ENTRY, row.id, f"{event_words(row.event)} {row.doc}".strip(), row.on,
            Money(int(row.cents)), numbers.get(row.id, row.doc).lstrip("0"),
        )
        for row in unseen()
    ]  # fmt: skip


def bounced(numbers: Collection[str]) -> list[Item]:
    """Return the receipts given for checks of these numbers that were not returned yet.

    What was given for the state is not of this account.
    """
    gone = select(Entry.doc).where(Entry.event.in_(RETURNED))
    back = select(Entry.reverses).where(Entry.reverses.is_not(None))
    query = (
        select(ReceiptNumber, Entry.effective_on)
        .join(Entry, Entry.id == ReceiptNumber.entry_id)
        .where(func.ltrim(ReceiptNumber.reference, "0").in_([n for n in numbers if n]))
        .where(ReceiptNumber.id.in_(select(Receipt.id).union(select(UnplacedReceipt.id))))
        .where(ReceiptNumber.mode.in_((Mode.CHECK, Mode.MONEY_ORDER)), Entry.id.not_in(back))
    )
    returned = set(db.session.scalars(gone))
    return [
        Item(ItemKind.RECEIPT, r.id, r.shown, on, Money(r.cents), r.reference.lstrip("0"))
        for r, on in db.session.execute(query)
        if r.shown not in returned
    ]


def named(rows: Collection[BankMatchItem]) -> dict[tuple[ItemKind, int], str]:
    """Return what to call the items of matches."""
    keys: dict[ItemKind, set[int]] = {kind: set() for kind in ItemKind}
    for row in rows:
        keys[row.kind].add(row.item)
    found = {
        (ItemKind.DEPOSIT, r.id): r.number for r in deposits.numbers_of(keys[ItemKind.DEPOSIT])
    }
    given = receipts.of_keys(keys[ItemKind.RECEIPT]) if keys[ItemKind.RECEIPT] else []
    found |= {(ItemKind.RECEIPT, r.id): r.number for r in given}
    return found | {(ItemKind.ENTRY, key): f"#{key}" for key in keys[ItemKind.ENTRY]}
