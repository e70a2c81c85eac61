"""Charge the payer for a returned item (E17): an obligation of its own."""

from datetime import date, datetime, timedelta

from sqlalchemy import func, select

from diversion.audit.models import Act
from diversion.audit.services import record
from diversion.core.database import db
from diversion.fees.models import Obligation
from diversion.fees.returned import queries
from diversion.fees.returned.models import ReturnedItem
from diversion.fees.schedules.services import DUE_DAYS
from diversion.ledger import services as books
from diversion.ledger.accounts import DEFERRED, RECEIVABLE, RETURNED_FEES
from diversion.ledger.commands import Command, credit, debit
from diversion.ledger.events import Event
from diversion.staff.models import Staff

LABEL = "Returned-item fee"


def charge(item: ReturnedItem, *, by: Staff, on: date, now: datetime) -> int | None:
    """Charge the fee of a returned item; return the key of the obligation, if there is one.

    It stands on the enrollment whose fee had been paid; a payment that was a credit as a
    whole has none, and nothing is charged.
    """
    parts = queries.settled_by(item.receipt_id)
    if not parts:
        return None
    first = db.session.get_one(Obligation, parts[0].obligation)
    last = select(func.max(Obligation.place)).where(Obligation.enrollment_id == first.enrollment_id)
    made = Obligation(
        participant_id=first.participant_id, track=first.track, enrollment_id=first.enrollment_id,
        place=(db.session.scalar(last) or 0) + 1, label=LABEL, revenue_account=RETURNED_FEES,
        earmark=0, amount=item.fee, other_amount=None, assessed_on=on,
        due_on=on + timedelta(days=DUE_DAYS), imported=False,
    )  # fmt: skip
    db.session.add(made)
    db.session.flush()
    lines = [debit(RECEIVABLE, item.fee, made.id), credit(DEFERRED, item.fee, made.id)]
    made.entry_number = books.post(
        Command(Event.RETURNED_FEE, lines, doc=made.handle), key=f"returned-fee:{item.handle}",
        by=by.id, on=on, now=now,
    ).number  # fmt: skip
    db.session.flush()
    record(Act.FEE_ASSESSED, f"obligation:{made.handle}", by=by, cents=item.fee.cents)
    return made.id
