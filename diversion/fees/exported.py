"""Answer files of the books: why fees changed, and which receipts a bank took back."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select

from diversion.core.database import db
from diversion.core.money import ZERO, Money
from diversion.fees.models import ReceiptVoid
from diversion.fees.refunds.models import Refund
from diversion.fees.returned.models import ReturnedItem, ReturnKind
from diversion.fees.state_models import StateReceipt, StateReturn
from diversion.fees.unplaced.models import UnplacedReceipt, UnplacedReturn
from diversion.fees.waivers.models import FeeChange, FeeRequest
from diversion.ledger.movements import counted

# Where a paper says why an entry was made.
WHY: Sequence[tuple[Any, Any]] = (
    (ReceiptVoid.entry_number, ReceiptVoid.reason),
    (StateReceipt.void_entry, StateReceipt.void_reason),
    (UnplacedReceipt.void_entry, UnplacedReceipt.void_reason),
    (ReturnedItem.entry_number, ReturnedItem.reason),
    (StateReturn.entry_number, StateReturn.reason),
    (UnplacedReturn.entry_number, UnplacedReturn.reason),
    (Refund.entry_number, Refund.reason),
)


def reasons(entries: Collection[int]) -> dict[int, str]:
    """Return the reason of each entry that changed a fee or a receipt, as its code says it."""
    asked = select(FeeChange.entry_number, FeeRequest.why).join(
        FeeRequest, FeeRequest.id == FeeChange.request_id
    )
    found: list[Any] = list(db.session.execute(asked.where(FeeChange.entry_number.in_(entries))))
    for entry, why in WHY:
        found += db.session.execute(select(entry, why).where(entry.in_(entries)))
    return {entry: reason.value.replace("_", " ") for entry, reason in found}


def refunded(
    obligations: Collection[int], on: date, up_to: int
) -> Mapping[int, Mapping[bool, Money]]:
    """Return what was approved to go back on fees, by a day and an entry: owed still, or not."""
    query = select(Refund.obligation_id, Refund.stays_owed, Refund.amount, Refund.entry_number)
    query = query.where(Refund.obligation_id.in_(obligations), Refund.entry_number.is_not(None))
    rows = db.session.execute(query).all()
    stood = counted([row.entry_number for row in rows], on=on, up_to=up_to)
    found: dict[int, dict[bool, Money]] = {}
    for row in rows:
        sums = found.setdefault(row.obligation_id, {True: ZERO, False: ZERO})
        sums[row.stays_owed] += row.amount if stood.get(row.entry_number) else ZERO
    return found


def taken_back(receipts: Collection[int], up_to: int) -> dict[int, str]:
    """Return the receipts whose money went back by entry `up_to`: returned or charged back."""
    query = (
        select(ReturnedItem.receipt_id, ReturnedItem.kind)
        .where(ReturnedItem.receipt_id.in_(receipts), ReturnedItem.entry_number <= up_to)
        .order_by(ReturnedItem.entry_number)
    )
    last: dict[int, ReturnKind] = {row.receipt_id: row.kind for row in db.session.execute(query)}
    for table in (StateReturn, UnplacedReturn):
        whole = select(table.receipt_id).where(
            table.receipt_id.in_(receipts), table.entry_number <= up_to
        )
        last |= dict.fromkeys(db.session.scalars(whole), ReturnKind.RETURNED)
    won = ReturnKind.CHARGEBACK_WON
    return {key: kind.value for key, kind in last.items() if kind is not won}
