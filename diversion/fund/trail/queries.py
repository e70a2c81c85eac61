"""Read the fund's cash from the journal, entry by entry, with whose money came in."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import groupby
from typing import Any

from sqlalchemy import func, select

from diversion.core.database import db
from diversion.fees.models import Allocation, Obligation
from diversion.fees.returned.models import ReturnedItem, ReturnKind
from diversion.fees.unplaced.models import UnplacedReturn
from diversion.fund.deposits.models import DepositItem
from diversion.fund.orders.meaning import PAYABLE, UNCLAIMED
from diversion.fund.trail.rules import Move
from diversion.ledger.accounts import CARD_CLEARING, IN_TRANSIT, TREASURY, UNDEPOSITED
from diversion.ledger.events import Event
from diversion.ledger.models import Entry, Posting, ReceiptNumber

_SEEN = (TREASURY, UNDEPOSITED, IN_TRANSIT, CARD_CLEARING, PAYABLE, UNCLAIMED)
BACK = frozenset({Event.CHECK_STALE, Event.CHECK_VOIDED})


def moves() -> Iterator[Move]:
    """Yield what each entry did to the cash, in the order of the journal; five statements."""
    touched = select(Posting.entry_id).where(Posting.account == TREASURY)
    query = (
        select(
            Entry.id, Entry.event, Entry.reverses, Posting.account, Posting.sub, Posting.earmark,
            Posting.cents,
        )
        .join(Posting, Posting.entry_id == Entry.id)
        .where(Entry.id.in_(touched), Posting.account.in_(_SEEN))
        .order_by(Entry.id, Posting.line)
    )  # fmt: skip
    worth, bags = _worth(), _bags()
    paid, bounced = dict[int, int](), _bounced()
    brought: set[int] = set()
    for number, group in groupby(db.session.execute(query), key=lambda row: row.id):
        rows = list(group)
        yield replace(_move(number, rows, worth, bags, paid, brought), bounces=bounced.get(number))
        if any(row.account == TREASURY and row.cents > 0 for row in rows):
            brought.add(number)
        paid |= {row.sub: number for row in rows if row.event is Event.PAY and row.sub}


def _move(
    number: int, rows: list[Any], worth: Mapping[int, Mapping[int, int]],
    bags: Mapping[int, list[int]], paid: Mapping[int, int], brought: set[int],
) -> Move:  # fmt: skip
    into: dict[int, int] = {}
    out: dict[int, int] = {}
    for row in rows:
        if row.account == TREASURY:
            (into if row.cents > 0 else out)[row.earmark] = abs(row.cents)
    receipts = [
        receipt
        for row in rows
        if row.cents < 0
        for receipt in (bags.get(row.sub, []) if row.account == IN_TRANSIT else [row.sub])
        if row.account in (IN_TRANSIT, UNDEPOSITED, CARD_CLEARING)
    ]
    claims = {(r, mark): cents for r in receipts for mark, cents in worth.get(r, {}).items()}
    vouchers = [row.sub for row in rows if row.account in (PAYABLE, UNCLAIMED)]
    back = rows[0].reverses
    undoes = paid.get(vouchers[0]) if rows[0].event in BACK and vouchers else None
    if back is not None and back not in brought:
        undoes = back
    return Move(number, into, out, claims, undoes, back if back in brought else None)


def _worth() -> dict[int, dict[int, int]]:
    """Return what each receipt brings to each earmark; what is not applied is general."""
    found: dict[int, dict[int, int]] = defaultdict(dict)
    for receipt, cents in db.session.execute(select(ReceiptNumber.id, ReceiptNumber.cents)):
        found[receipt][0] = cents
    applied = (
        select(Allocation.receipt_id, Obligation.earmark, func.sum(Allocation.amount))
        .join(Obligation, Obligation.id == Allocation.obligation_id)
        .where(Obligation.earmark != 0)
        .group_by(Allocation.receipt_id, Obligation.earmark)
    )
    for receipt, mark, amount in db.session.execute(applied):
        found[receipt][mark] = amount.cents
        found[receipt][0] -= amount.cents
    return found


def _bounced() -> dict[int, int]:
    """Return the receipt of each entry by which a bank or a processor took a payment back."""
    of_accounts = select(ReturnedItem.entry_number, ReturnedItem.receipt_id).where(
        ReturnedItem.entry_number.is_not(None), ReturnedItem.kind != ReturnKind.CHARGEBACK_WON
    )
    without = select(UnplacedReturn.entry_number, UnplacedReturn.receipt_id).where(
        UnplacedReturn.entry_number.is_not(None)
    )
    rows = db.session.execute(of_accounts.union_all(without))
    return {entry: receipt for entry, receipt in rows if entry is not None}


def _bags() -> dict[int, list[int]]:
    query = select(DepositItem.deposit_id, DepositItem.receipt_id).order_by(DepositItem.receipt_id)
    found: dict[int, list[int]] = defaultdict(list)
    for deposit, receipt in db.session.execute(query):
        found[deposit].append(receipt)
    return found
