"""Answer files of the books: why fees changed, and which receipts a bank took back."""

from collections.abc import Collection

from sqlalchemy import select

from diversion.core.database import db
from diversion.fees.models import ReceiptVoid
from diversion.fees.refunds.models import Refund
from diversion.fees.returned.models import ReturnedItem, ReturnKind
from diversion.fees.waivers.models import FeeChange, FeeRequest


def reasons(entries: Collection[int]) -> dict[int, str]:
    """Return the reason of each entry that changed a fee or a receipt, as its code says it."""
    asked = select(FeeChange.entry_number, FeeRequest.why).join(
        FeeRequest, FeeRequest.id == FeeChange.request_id
    )
    found = [
        *db.session.execute(asked.where(FeeChange.entry_number.in_(entries))),
        *db.session.execute(
            select(ReceiptVoid.entry_number, ReceiptVoid.reason).where(
                ReceiptVoid.entry_number.in_(entries)
            )
        ),
        *db.session.execute(
            select(ReturnedItem.entry_number, ReturnedItem.reason).where(
                ReturnedItem.entry_number.in_(entries)
            )
        ),
        *db.session.execute(
            select(Refund.entry_number, Refund.reason).where(Refund.entry_number.in_(entries))
        ),
    ]
    return {entry: reason.value.replace("_", " ") for entry, reason in found}


def taken_back(receipts: Collection[int], up_to: int) -> dict[int, str]:
    """Return the receipts whose money went back by entry `up_to`: returned or charged back."""
    query = (
        select(ReturnedItem.receipt_id, ReturnedItem.kind)
        .where(ReturnedItem.receipt_id.in_(receipts), ReturnedItem.entry_number <= up_to)
        .order_by(ReturnedItem.entry_number)
    )
    last: dict[int, ReturnKind] = {row.receipt_id: row.kind for row in db.session.execute(query)}
    won = ReturnKind.CHARGEBACK_WON
    return {key: kind.value for key, kind in last.items() if kind is not won}
