"""Cancel an approved refund before it is paid: its entry is turned back by two people (E40)."""

from datetime import date, datetime

from sqlalchemy import select

from diversion.audit.models import Act
from diversion.audit.services import record
from diversion.core import once
from diversion.core.database import db
from diversion.core.finding import the_one
from diversion.fees import evidence
from diversion.fees.models import Obligation
from diversion.fees.refunds.cancel_models import CancelReason, RefundCancel
from diversion.fees.refunds.models import Refund
from diversion.fees.refunds.rules import NotToBePaid
from diversion.ledger import services as books
from diversion.ledger.queries import standing
from diversion.staff.approvals import services as approvals
from diversion.staff.approvals.models import Matter
from diversion.staff.approvals.queries import waiting_about
from diversion.staff.models import Staff

DOC = "REFUND-"


def ask(refund: Refund, reason: CancelReason, *, by: Staff, now: datetime) -> RefundCancel:
    """Ask a second person not to pay a refund. Raises NotToBePaid, Asked."""
    books.hold(refund)
    check_payable(refund)
    if waiting_of(refund) is not None:
        raise approvals.Asked
    made = RefundCancel(refund_id=refund.id, reason=reason, asked_by_id=by.id, asked_at=now)
    db.session.add(made)
    db.session.flush()
    approvals.ask(
        Matter.REFUND_CANCEL, made.handle, amount=refund.amount, request_hash=request_hash(made),
        by=by, now=now,
    )  # fmt: skip
    record(Act.REFUND_CANCEL_ASKED, f"refund:{refund.handle}", by=by, reason=reason.value)
    return made


def carry_out(made: RefundCancel, *, approved_by: int, on: date, now: datetime) -> RefundCancel:
    """Turn the entry of the refund back. Raises NotToBePaid, LedgerRefused."""
    refund = db.session.get_one(Refund, made.refund_id)
    books.hold(refund)
    entry = check_payable(refund)
    made.entry_number = books.reverse(
        entry, key=f"refund-cancel:{made.handle}", by=made.asked_by_id, approved_by=approved_by,
        on=on, now=now, doc=f"{DOC}{refund.handle}",
    ).number  # fmt: skip
    made.approved_by_id = approved_by
    db.session.flush()
    asker = db.session.get_one(Staff, made.asked_by_id)
    if refund.obligation_id is not None:
        fee = db.session.get_one(Obligation, refund.obligation_id)
        evidence.follow([fee.enrollment_id], on=on, by=asker)
    record(Act.REFUND_CANCELLED, f"refund:{refund.handle}", by=asker, cents=refund.amount.cents)
    return made


def check_payable(refund: Refund) -> int:
    """Return the entry of a refund that was approved, not paid and not cancelled.

    Raises NotToBePaid.
    """
    entry = refund.entry_number
    if entry is None or refund.paid_entry is not None or not standing([entry]):
        raise NotToBePaid
    return entry


def request_hash(made: RefundCancel) -> str:
    """Return what an approval of it is bound to."""
    asked = {name: getattr(made, name) for name in ("handle", "refund_id", "reason")}
    return once.request_hash("refund_cancel", asked)


def cancel(handle: str) -> RefundCancel:
    """Return what was asked, by its handle. Raises NotYours."""
    query = select(RefundCancel).where(RefundCancel.handle == handle)
    return the_one(query)


def waiting_of(refund: Refund) -> RefundCancel | None:
    """Return what waits for a second person about a refund."""
    query = select(RefundCancel).where(RefundCancel.refund_id == refund.id)
    for made in db.session.scalars(query.order_by(RefundCancel.id.desc())):
        if waiting_about(Matter.REFUND_CANCEL, made.handle) is not None:
            return made
    return None


def done_of(refund: Refund) -> RefundCancel | None:
    """Return by what a refund was cancelled."""
    query = select(RefundCancel).where(RefundCancel.refund_id == refund.id)
    return db.session.scalars(query.where(RefundCancel.entry_number.is_not(None))).one_or_none()
