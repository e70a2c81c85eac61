"""Find refunds, and how much of what was paid can go back."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Select, func, select

from diversion.core.database import db
from diversion.core.finding import the_one
from diversion.core.money import ZERO, Money
from diversion.fees import queries as fees
from diversion.fees.models import Allocation, Obligation, Receipt
from diversion.fees.refunds.cancel_models import RefundCancel
from diversion.fees.refunds.models import Refund
from diversion.ledger.accounts import RECEIVABLE
from diversion.ledger.commands import Mode
from diversion.ledger.events import Event
from diversion.ledger.movements import counted, movements, sum_of
from diversion.ledger.queries import standing
from diversion.participants.models import Participant

PAID_BY = (
    Event.RECEIPT, Event.RECEIPT_CARD, Event.IMPORTED_RECEIPT, Event.APPLY, Event.RETURNED_ITEM,
    Event.CHARGEBACK, Event.REFUND_APPROVED,
)  # fmt: skip
CREDIT = "credit"


@dataclass(frozen=True)
class Source:
    """Where money can come back from: a fee that was paid, or the credit."""

    handle: str
    label: str
    most: Money


def refund(handle: str) -> Refund:
    """Return a refund by its handle. Raises NotYours."""
    return the_one(select(Refund).where(Refund.handle == handle))


def paid_on(obligation_id: int) -> Money:
    """Return what was paid on an obligation and did not go back."""
    moved = movements(RECEIVABLE, [obligation_id]).get(obligation_id, {})
    gone = select(Refund.entry_number, Refund.amount).where(
        Refund.obligation_id == obligation_id, ~Refund.stays_owed,
        Refund.entry_number.is_not(None),
    )  # fmt: skip
    rows = db.session.execute(gone).all()
    stand = standing([row.entry_number for row in rows])
    back = Money.total(row.amount for row in rows if row.entry_number in stand)
    return -sum_of(moved, *PAID_BY) - back


def is_needed(receipt_id: int) -> bool:
    """Say whether refunds of a fee are more than was paid on it without this receipt."""
    query = select(Allocation).where(Allocation.receipt_id == receipt_id)
    applied = db.session.scalars(query).all()
    return any(paid_on(each.obligation_id) < each.amount for each in applied)


def approved_of(
    participant_id: int, *, on: date | None = None, up_to: int | None = None
) -> list[Refund]:
    """Return the refunds that the county owed or had paid by a day and an entry, oldest first."""
    query = select(Refund).where(
        Refund.participant_id == participant_id, Refund.entry_number.is_not(None)
    )
    rows = db.session.scalars(query.order_by(Refund.entry_number)).all()
    stood = counted([row.entry_number for row in rows if row.entry_number], on=on, up_to=up_to)
    return [row for row in rows if stood.get(row.entry_number or 0)]


def charges(
    participant_id: int, *, on: date | None = None, up_to: int | None = None
) -> list[fees.Charge]:
    """Return what a person was charged; a fee that was paid back and is not owed is given up."""
    gone: dict[int | None, Money] = {}
    for each in approved_of(participant_id, on=on, up_to=up_to):
        if not each.stays_owed:
            gone[each.obligation_id] = gone.get(each.obligation_id, ZERO) + each.amount
    return [
        replace(each, given_up=each.given_up + gone.get(each.id, ZERO))
        for each in fees.charges(participant_id, on=on, up_to=up_to)
    ]


def sources(participant_id: int) -> list[Source]:
    """Return what of a participant's money can go back."""
    obligations = select(Obligation).where(Obligation.participant_id == participant_id)
    paid = [
        Source(each.handle, each.label, paid_on(each.id))
        for each in db.session.scalars(obligations.order_by(Obligation.id))
    ]
    kept = Source(CREDIT, "", fees.credit_of(participant_id))
    return [source for source in (*paid, kept) if source.most > ZERO]


def last_check_on(participant_id: int, obligation_id: int | None) -> date | None:
    """Return the day of the last check among the payments that a refund comes from."""
    query = select(func.max(Receipt.taken_on)).where(
        Receipt.participant_id == participant_id, Receipt.mode == Mode.CHECK
    )
    if obligation_id is None:
        return db.session.scalar(query.where(Receipt.credit > ZERO))
    query = query.join(Allocation, Allocation.receipt_id == Receipt.id)
    return db.session.scalar(query.where(Allocation.obligation_id == obligation_id))


def listed(*, to_pay: bool = False) -> Select[*tuple[Any, ...]]:
    """Return refunds as light rows, newest first."""
    query = (
        select(
            Refund.handle, Refund.asked_on, Refund.amount, Refund.reason, Refund.held_until,
            Refund.entry_number, Refund.paid_on, Refund.paid_reference,
            RefundCancel.entry_number.label("cancelled"), Participant.number.label("participant"),
        )
        .join(Participant, Participant.id == Refund.participant_id)
        .outerjoin(RefundCancel, _cancels())
        .order_by(Refund.id.desc())
    )  # fmt: skip
    if to_pay:
        query = query.where(Refund.entry_number.is_not(None), Refund.paid_entry.is_(None))
        query = query.where(RefundCancel.id.is_(None))
    return query


def _cancels() -> Any:
    return (RefundCancel.refund_id == Refund.id) & RefundCancel.entry_number.is_not(None)
