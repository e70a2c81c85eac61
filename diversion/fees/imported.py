"""Bring in fees and payments from before these books (E01 and E41), and undo that (E40)."""

from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import select

from diversion.audit.models import Act
from diversion.audit.services import record
from diversion.core.database import db
from diversion.enrollments.imports.services import BuiltOn
from diversion.fees import queries
from diversion.fees.models import Obligation, ObligationUndone, Receipt, VoidReason
from diversion.fees.receipts.services import Payment, give, keep_void
from diversion.fees.refunds.queries import is_needed
from diversion.fees.rules import allocate
from diversion.fees.schedules.models import Overpayment
from diversion.ledger import services as books
from diversion.ledger.events import Event
from diversion.ledger.refusals import LedgerRefused
from diversion.participants.models import Participant
from diversion.staff.models import Staff


def receive_before_books(
    participant: Participant, payment: Payment, *, key: str, on: date, by: Staff, now: datetime
) -> Receipt:
    """Take over a payment as the old file has it, with a number of the series H.

    Money above what is owed stands to the participant's credit. `key` names the place
    in the file, such as `import:<run>:<sheet>:<row>:<n>`.
    """
    books.hold()
    split = allocate(payment.amount, queries.dues(participant.id), Overpayment.CREDIT)
    return give(participant, payment, split, key=key, by=by, on=on, now=now, imported=True)


def undo_receipts(receipt_ids: Collection[int], *, by: Staff, on: date, now: datetime) -> None:
    """Turn imported receipts back.

    Raises BuiltOn if one was deposited or refunded, or its period closed.
    """
    books.hold()
    found = select(Receipt).where(Receipt.id.in_(receipt_ids)).order_by(Receipt.id.desc())
    for receipt in db.session.scalars(found).all():
        if is_needed(receipt.id):
            raise BuiltOn
        entry = _turn_back(receipt.entry_number, f"undo:{receipt.number}", by=by, on=on, now=now)
        keep_void(receipt, entry, VoidReason.IMPORT_UNDONE, False, by=by, on=on, now=now)


def undo_obligations(ids: Collection[int], *, by: Staff, on: date, now: datetime) -> None:
    """Turn imported fees back. Raises BuiltOn if something was paid on one since."""
    books.hold()
    found = select(Obligation).where(Obligation.id.in_(ids)).order_by(Obligation.id.desc())
    for obligation in db.session.scalars(found).all():
        number = obligation.entry_number or 0
        entry = _turn_back(number, f"undo:{obligation.handle}", by=by, on=on, now=now)
        db.session.add(
            ObligationUndone(
                obligation_id=obligation.id, entry_number=entry, undone_on=on, undone_by=by.id
            )
        )
        record(Act.FEE_UNDONE, f"obligation:{obligation.handle}", by=by)
    db.session.flush()


def _turn_back(entry: int, key: str, *, by: Staff, on: date, now: datetime) -> int:
    try:
        return books.reverse(
            entry, event=Event.UNDO_IMPORT, key=key, by=by.id, on=on, now=now
        ).number
    except LedgerRefused as refusal:
        raise BuiltOn from refusal
