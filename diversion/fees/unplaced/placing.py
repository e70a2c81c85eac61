"""Say whose unidentified money is, and put it on the account once approved (E09)."""

from collections import Counter
from datetime import date, datetime

from sqlalchemy import select

from diversion.audit.models import Act
from diversion.audit.services import record
from diversion.core import once
from diversion.core.database import db
from diversion.core.errors import Refused
from diversion.core.money import ZERO
from diversion.core.words import _
from diversion.fees import evidence, queries
from diversion.fees.models import Allocation, Obligation, Payor, Receipt
from diversion.fees.rules import Split, allocate
from diversion.fees.schedules.models import Overpayment
from diversion.fees.settling import settled, to_purposes
from diversion.fees.unplaced import queries as unplaced
from diversion.fees.unplaced.models import Identification, UnplacedReceipt
from diversion.ledger import receipts
from diversion.ledger import services as books
from diversion.ledger.accounts import CREDITS, SUSPENSE
from diversion.ledger.commands import Command, credit, debit
from diversion.ledger.events import Event
from diversion.participants.models import Participant
from diversion.staff.approvals import services as approvals
from diversion.staff.approvals.models import Matter
from diversion.staff.approvals.queries import waiting_about
from diversion.staff.models import Staff


class NotWaiting(Refused):
    """Money is placed once."""

    sentence = _("Nothing of this money waits to be placed.")


class SaidAlready(Refused):
    """One request about a receipt at a time."""

    sentence = _("Somebody said already whose this is. It waits for a second person.")


def ask(
    receipt: UnplacedReceipt, participant: Participant, *, by: Staff, on: date, now: datetime
) -> Identification:
    """Say whose money it is, for a second person to approve. Raises NotWaiting, SaidAlready."""
    books.hold()
    if unplaced.waiting_of(receipt.id) == ZERO:
        raise NotWaiting
    for earlier in unplaced.said_of(receipt.id):
        if waiting_about(Matter.IDENTIFICATION, earlier.handle) is not None:
            raise SaidAlready
    made = Identification(
        receipt_id=receipt.id, participant_id=participant.id, track=participant.track, asked_on=on,
        asked_at=now, asked_by_id=by.id,
    )  # fmt: skip
    db.session.add(made)
    db.session.flush()
    approvals.ask(
        Matter.IDENTIFICATION, made.handle, amount=receipt.amount, request_hash=request_hash(made),
        by=by, now=now,
    )  # fmt: skip
    return made


def request_hash(said: Identification) -> str:
    """Return what an approval of it is bound to."""
    asked = {name: getattr(said, name) for name in ("handle", "receipt_id", "participant_id")}
    return once.request_hash("identification", asked)


def carry_out(said: Identification, *, approved_by: int, on: date, now: datetime) -> Receipt:
    """Put the money on the account: what is owed first, the rest is a credit.

    Raises NotWaiting, LedgerRefused.
    """
    books.hold()
    found = db.session.get_one(UnplacedReceipt, said.receipt_id)
    if unplaced.waiting_of(found.id) == ZERO:
        raise NotWaiting
    dues = queries.dues(said.participant_id)
    split = allocate(found.amount, dues, Overpayment.CREDIT)
    said.entry_number = books.post(
        meaning(found, split, said.participant_id), key=f"place:{said.handle}",
        by=said.asked_by_id, approved_by=approved_by, on=on, now=now,
    ).number  # fmt: skip
    said.approved_by_id = approved_by
    return _on_account(found, said, split, on=on)


def meaning(receipt: UnplacedReceipt, split: Split, participant: int) -> Command:
    """Say in accounts what placing money is.

    Where its cash is with the treasurer already, that moves to the purposes of the fees.
    """
    lines = [debit(SUSPENSE, receipt.amount, receipt.id), *settled(split.parts)]
    lines.append(credit(CREDITS, split.credit, participant))
    if receipts.is_at_bank(receipt.id):
        purposes = Counter[int]()
        for due, part in split.parts:
            purposes[due.earmark] += part.cents
        lines += to_purposes(purposes)
    return Command(Event.APPLY, lines, doc=receipt.number)


def _on_account(found: UnplacedReceipt, said: Identification, split: Split, *, on: date) -> Receipt:
    """Let the account show the receipt under its own number."""
    owed = queries.owed_by([said.participant_id])[said.participant_id]
    made = Receipt(
        id=found.id, number=found.number, entry_number=found.entry_number,
        entry_hash=found.entry_hash, participant_id=said.participant_id, track=said.track,
        amount=found.amount, credit=split.credit, owed_after=owed, mode=found.mode,
        reference=found.reference, payor=Payor.OTHER, taken_on=found.taken_on,
        taken_at=found.taken_at, taken_by=found.taken_by_id, imported=False,
    )  # fmt: skip
    db.session.add(made)
    db.session.flush()
    db.session.add_all(
        Allocation(receipt_id=made.id, obligation_id=due.obligation, amount=part)
        for due, part in split.parts
    )
    db.session.flush()
    asker = db.session.get_one(Staff, said.asked_by_id)
    touched = select(Obligation.enrollment_id).where(
        Obligation.id.in_([due.obligation for due, _part in split.parts])
    )
    evidence.follow(db.session.scalars(touched).all(), on=on, by=asker)
    record(Act.MONEY_PLACED, f"receipt:{made.number}", by=asker, cents=made.amount.cents)
    return made
