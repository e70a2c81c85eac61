"""Say of voided receipts where the payer's copy is."""

from collections.abc import Collection

from sqlalchemy import select

from diversion.core.database import db
from diversion.core.words import Sentence
from diversion.fees.void_models import PayersCopy, VoidPaper
from diversion.ledger.models import Entry, ReceiptNumber


def copies_of(entries: Collection[int]) -> dict[int, Sentence]:
    """Return, by the entry that voided a receipt, where a copy is that did not come back."""
    query = (
        select(Entry.id, VoidPaper.copy)
        .join(ReceiptNumber, ReceiptNumber.entry_id == Entry.reverses)
        .join(VoidPaper, VoidPaper.receipt_id == ReceiptNumber.id)
        .where(Entry.id.in_(entries))
        .order_by(VoidPaper.id)
    )
    last = {row.id: row.copy for row in db.session.execute(query)}
    return {key: copy.words for key, copy in last.items() if copy is not PayersCopy.RETURNED}
