"""Answer what of the state's fee this office took, and still has or sent on."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, func, select

from diversion.core.database import db
from diversion.core.money import Money
from diversion.fees.state_models import StateReceipt, StateReturn
from diversion.participants.models import Participant
from diversion.staff.models import Staff

_BACK = select(StateReturn.receipt_id).where(StateReturn.entry_number.is_not(None))
STANDS = StateReceipt.void_entry.is_(None) & StateReceipt.id.not_in(_BACK)


def taken_of(enrollment_id: int) -> Money:
    """Return what was taken and neither voided nor returned by a bank."""
    query = select(func.sum(StateReceipt.amount)).where(STANDS)
    found = db.session.scalar(query.where(StateReceipt.enrollment_id == enrollment_id))
    return found if isinstance(found, Money) else Money(int(found or 0))


def of_participant(participant_id: int) -> Sequence[Any]:
    """Return a person's receipts as light rows, newest first."""
    query = listed().where(StateReceipt.participant_id == participant_id)
    return db.session.execute(query).all()


def listed() -> Select[*tuple[Any, ...]]:
    """Return receipts as light rows, newest first; `returned` is the entry of a bank's return."""
    back = (StateReturn.receipt_id == StateReceipt.id) & StateReturn.entry_number.is_not(None)
    return (
        select(
            StateReceipt.number, StateReceipt.taken_on, StateReceipt.amount, StateReceipt.mode,
            StateReceipt.reference, StateReceipt.voided_on, Staff.name.label("cashier"),
            Participant.number.label("participant"), StateReturn.entry_number.label("returned"),
        )
        .join(Participant, Participant.id == StateReceipt.participant_id)
        .join(Staff, Staff.id == StateReceipt.taken_by_id)
        .outerjoin(StateReturn, back)
        .order_by(StateReceipt.id.desc())
    )  # fmt: skip
