"""Say of voided receipts where the payer's copy is."""

from collections.abc import Collection

from sqlalchemy import select

from diversion.core.database import db
from diversion.core.words import Sentence
from diversion.fees.models import Receipt, ReceiptVoid
from diversion.fees.voids.models import PayersCopy, VoidPaper


def copies_of(numbers: Collection[str]) -> dict[str, Sentence]:
    """Return, by receipt number, where a copy is that did not come back."""
    query = (
        select(Receipt.number, VoidPaper.copy)
        .join(VoidPaper, VoidPaper.receipt_id == Receipt.id)
        .join(ReceiptVoid, ReceiptVoid.receipt_id == Receipt.id)
        .where(Receipt.number.in_(numbers), VoidPaper.copy != PayersCopy.RETURNED)
    )
    return {row.number: row.copy.words for row in db.session.execute(query)}
