"""Find receipts of the state's fee, and what banks said of them."""

from collections.abc import Sequence

from sqlalchemy import select

from diversion.core.database import db
from diversion.core.finding import the_one
from diversion.fees.receipts.wording import spoken
from diversion.fees.state_models import StateReceipt, StateReturn
from diversion.ledger import receipts
from diversion.ledger.commands import Mode
from diversion.participants.models import Participant
from diversion.staff.approvals.models import Matter
from diversion.staff.approvals.queries import waiting_about


def receipt(number: str) -> StateReceipt:
    """Return a receipt of the state's fee by its number. Raises NotYours."""
    query = select(StateReceipt).where(StateReceipt.number == number)
    return the_one(query)


def whose(found: StateReceipt) -> tuple[str, str]:
    """Return the participant's number and the language in which the paper is printed."""
    query = select(Participant.number, Participant.language).where(
        Participant.id == found.participant_id, Participant.track == found.track
    )
    number, language = db.session.execute(query).one()
    return number, spoken(language or "")


def returns_of(receipt_id: int) -> Sequence[StateReturn]:
    """Return what was said of a receipt's return, newest first."""
    query = select(StateReturn).where(StateReturn.receipt_id == receipt_id)
    return db.session.scalars(query.order_by(StateReturn.id.desc())).all()


def waiting_return(returns: Sequence[StateReturn]) -> StateReturn | None:
    """Return of a receipt's returns the one that waits for a second person."""
    return next((x for x in returns if waiting_about(Matter.STATE_RETURN, x.handle)), None)


def may_return(found: StateReceipt) -> bool:
    """Say whether a bank can have returned it: no cash, not void, with the treasurer, not back."""
    if found.mode is Mode.CASH or found.void_entry is not None:
        return False
    back = any(each.entry_number for each in returns_of(found.id))
    return not back and receipts.is_at_bank(found.id)
