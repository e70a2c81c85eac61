"""Find returned items and what their payments had settled."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, select

from diversion.core.database import db
from diversion.core.finding import the_one
from diversion.fees.models import Allocation, Obligation, Receipt
from diversion.fees.returned.models import ReturnedItem, ReturnKind
from diversion.fees.returned.rules import Part
from diversion.participants.models import Participant


def item(handle: str) -> ReturnedItem:
    """Return a returned item by its handle. Raises NotYours."""
    return the_one(select(ReturnedItem).where(ReturnedItem.handle == handle))


def posted(receipt_id: int, kind: ReturnKind | None = None) -> Sequence[ReturnedItem]:
    """Return what was carried out about a receipt, oldest first."""
    query = select(ReturnedItem).where(
        ReturnedItem.receipt_id == receipt_id, ReturnedItem.entry_number.is_not(None)
    )
    if kind is not None:
        query = query.where(ReturnedItem.kind == kind)
    return db.session.scalars(query.order_by(ReturnedItem.id)).all()


def asked(receipt_id: int) -> Sequence[ReturnedItem]:
    """Return what was asked for about a receipt and not carried out."""
    query = select(ReturnedItem).where(
        ReturnedItem.receipt_id == receipt_id, ReturnedItem.entry_number.is_(None)
    )
    return db.session.scalars(query).all()


def settled_by(receipt_id: int) -> list[Part]:
    """Return what a receipt had settled, by obligation."""
    query = (
        select(
            Obligation.id, Obligation.enrollment_id, Obligation.revenue_account,
            Obligation.earmark, Allocation.amount,
        )
        .join(Allocation, Allocation.obligation_id == Obligation.id)
        .where(Allocation.receipt_id == receipt_id)
        .order_by(Obligation.id)
    )  # fmt: skip
    return [Part(*row) for row in db.session.execute(query)]


def listed() -> Select[*tuple[Any, ...]]:
    """Return returned items as light rows, newest first."""
    return (
        select(
            ReturnedItem.handle, ReturnedItem.kind, ReturnedItem.reason, ReturnedItem.asked_on,
            ReturnedItem.entry_number, Receipt.number, Receipt.amount, Receipt.mode,
            Receipt.reference, Participant.number.label("participant"),
        )
        .join(Receipt, Receipt.id == ReturnedItem.receipt_id)
        .join(Participant, Participant.id == Receipt.participant_id)
        .order_by(ReturnedItem.id.desc())
    )  # fmt: skip
