"""Find requests about fees, what came of them, and what of a fee can still be changed."""

from collections.abc import Sequence

from sqlalchemy import select

from diversion.core.database import db
from diversion.core.finding import the_one
from diversion.core.money import Money
from diversion.fees.codes import Change
from diversion.fees.models import Obligation, ObligationUndone
from diversion.fees.waivers.models import FeeChange, FeeRequest
from diversion.ledger import queries as ledger
from diversion.staff.approvals import queries as approvals


def obligation(handle: str, participant_id: int) -> Obligation:
    """Return a charge of one person that still stands. Raises NotYours."""
    query = select(Obligation).where(
        Obligation.handle == handle,
        Obligation.participant_id == participant_id,
        Obligation.id.not_in(select(ObligationUndone.obligation_id)),
    )
    return the_one(query)


def request(handle: str) -> FeeRequest:
    """Return a request by its handle. Raises NotYours."""
    query = select(FeeRequest).where(FeeRequest.handle == handle)
    return the_one(query)


def of_participant(participant_id: int) -> Sequence[FeeRequest]:
    """Return what was asked about a person's fees, newest first."""
    query = select(FeeRequest).where(FeeRequest.participant_id == participant_id)
    return db.session.scalars(query.order_by(FeeRequest.id.desc())).all()


def can_be_reinstated(obligation_id: int) -> Sequence[FeeRequest]:
    """Return what was given up of an obligation and not reinstated since, newest first."""
    back = (
        select(FeeRequest.reinstates_id)
        .join(FeeChange, FeeChange.request_id == FeeRequest.id)
        .where(FeeRequest.reinstates_id.is_not(None))
    )
    down = (Change.WAIVE, Change.REDUCE, Change.WRITE_OFF)
    query = (
        select(FeeRequest)
        .join(FeeChange, FeeChange.request_id == FeeRequest.id)
        .where(FeeRequest.obligation_id == obligation_id, FeeRequest.change.in_(down))
        .where(FeeRequest.id.not_in(back), FeeChange.entry_number.is_not(None))
    )
    return db.session.scalars(query.order_by(FeeRequest.id.desc())).all()


def not_carried_out(obligation_id: int) -> Sequence[FeeRequest]:
    """Return what was asked about a fee and not posted: refused, withdrawn or waiting."""
    done = select(FeeChange.request_id)
    query = select(FeeRequest).where(
        FeeRequest.obligation_id == obligation_id, FeeRequest.id.not_in(done)
    )
    return db.session.scalars(query).all()


def is_waiting(request: FeeRequest) -> bool:
    return approvals.waiting_about(request.change.matter, request.handle) is not None


def open_of(obligation_id: int) -> Money:
    """Return what is open of one obligation."""
    return ledger.owed([obligation_id])[obligation_id]
