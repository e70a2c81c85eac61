"""Take money and give a numbered receipt at once (E06, E07); void it the same day (E10)."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import bindparam, select

from diversion.audit.models import Act
from diversion.audit.services import record
from diversion.core import once
from diversion.core.database import db
from diversion.core.errors import Invalid, Refused
from diversion.core.money import Money
from diversion.core.words import _
from diversion.fees import evidence, queries, typed_again
from diversion.fees.instruments import check_for_fund
from diversion.fees.models import Allocation, Obligation, Payor, Receipt, ReceiptVoid, VoidReason
from diversion.fees.rules import Split, allocate, check_reference
from diversion.fees.schedules.models import Overpayment
from diversion.fees.schedules.services import in_force
from diversion.fees.settling import settled
from diversion.ledger import services as books
from diversion.ledger.accounts import CARD_CLEARING, CREDITS, UNDEPOSITED
from diversion.ledger.codes import Code
from diversion.ledger.commands import OWN_RECEIPT, Command, Mode, Tender, credit, debit
from diversion.ledger.events import Event
from diversion.ledger.refusals import LedgerRefused
from diversion.participants.models import Participant
from diversion.staff.models import Staff

IMPORTED_SERIES = "H-"
_TOUCHED = (
    select(Obligation.enrollment_id)
    .join(Allocation, Allocation.obligation_id == Obligation.id)
    .where(Allocation.receipt_id == bindparam("receipt"))
    .distinct()
)
ABOUT_REFERENCE = (Code.CARD_REFERENCE_MISSING, Code.CARD_REFERENCE_USED, Code.NOT_LEGIBLE)


class Stale(Refused):
    """Whoever voids has seen the receipt as it is."""

    sentence = _("This receipt has changed since you opened the page. Look at it again.")


class NoReference(Invalid):
    """Everything but cash is found again by its own number."""

    sentence = _("Write the number of the check or money order, or the card reference.")
    field = "reference"


class RestNotAgreed(Refused):
    """Nobody is made to leave a credit by a slip of the finger, or by paying at two desks."""

    field = "amount"


class AlreadyVoid(Refused):
    """A receipt is voided once."""

    sentence = _("This receipt is void already.")


@dataclass(frozen=True)
class Payment:
    """What was handed over, and by whom; `keep_rest`: what is more than owed becomes a credit.

    `toward` says what the payer directs to which fee, by its handle; the rest goes to the
    oldest.
    """

    amount: Money
    mode: Mode
    reference: str = ""
    payor: Payor = Payor.SELF
    keep_rest: bool = True
    toward: tuple[tuple[str, Money], ...] = ()


def take(
    participant: Participant, payment: Payment, *, key: str, by: Staff, on: date, now: datetime,
    again: bool = True,
) -> once.Outcome[Receipt]:  # fmt: skip
    """Take a payment toward what a participant owes; the key counts once.

    `again`: also where the same was receipted a moment ago, else TypedAgain.
    Raises NoReference, CardNumber, SplitBetween, RestNotAgreed, DirectedTooMuch, MoreThanOwed
    where the county refuses overpayments, LedgerRefused, KeyUsedOtherwise.
    """
    asked = {**vars(payment), "amount": payment.amount.cents, "who": participant.number}
    earlier = once.claim(key, once.request_hash("receipt", asked))
    if earlier is not None:
        return once.Outcome(queries.receipt(earlier), repeated=True)
    if payment.mode is not Mode.CASH and not payment.reference:
        raise NoReference
    check_reference(payment.reference)
    books.hold()
    check_for_fund(participant.id, payment.mode, payment.reference, on)
    if not again:
        _check_again(participant, payment, by, on, now)
    schedule = in_force(participant.track, on)
    rule = schedule.overpayment if schedule else Overpayment.CREDIT
    directed = queries.by_key(participant.id, payment.toward)
    split = allocate(payment.amount, queries.dues(participant.id), rule, directed)
    if split.credit and not payment.keep_rest:
        raise RestNotAgreed(_("{rest} of it is more than is owed.", rest=split.credit))
    receipt = give(participant, payment, split, key=f"receipt:{key}", by=by, on=on, now=now)
    once.settle(key, receipt.number)
    return once.Outcome(receipt)


def _check_again(
    participant: Participant, payment: Payment, by: Staff, on: date, now: datetime
) -> None:
    same = typed_again.Same(payment.amount, payment.mode, payment.reference, by, on, now)
    theirs = Receipt.participant_id == participant.id
    valid = Receipt.id.not_in(select(ReceiptVoid.receipt_id))
    typed_again.check(Receipt, Receipt.taken_by, same, theirs, valid)


def meaning(participant: Participant, payment: Payment, split: Split, *, event: Event,
            series: str) -> Command:  # fmt: skip
    """Say in accounts what a receipt is.

    The money is debited; what is owed and what was not yet earned fall by the part
    applied, which is revenue now; the rest stands to the participant's credit.
    """
    held = CARD_CLEARING if event is Event.RECEIPT_CARD else UNDEPOSITED
    lines = [debit(held, payment.amount, OWN_RECEIPT), *settled(split.parts)]
    lines.append(credit(CREDITS, split.credit, participant.id))
    imported = event is Event.IMPORTED_RECEIPT
    tender = Tender(series, payment.mode, payment.amount, payment.reference, imported)
    return Command(event, lines, tender=tender)


def give(
    participant: Participant, payment: Payment, split: Split, *, key: str, by: Staff, on: date,
    now: datetime, imported: bool = False,
) -> Receipt:  # fmt: skip
    """Number the receipt, seal its entry, and keep what it settles."""
    event, series = _kind(payment.mode, on, imported)
    command = meaning(participant, payment, split, event=event, series=series)
    try:
        posted = books.post(command, key=key, by=by.id, on=on, now=now)
    except LedgerRefused as refusal:
        refusal.field = "reference" if refusal.code in ABOUT_REFERENCE else None
        raise
    receipt = Receipt(
        id=posted.receipt_id, number=posted.receipt_number, entry_number=posted.number,
        entry_hash=posted.hash, participant_id=participant.id, track=participant.track,
        amount=payment.amount, credit=split.credit, mode=payment.mode,
        owed_after=queries.owed_by([participant.id])[participant.id],
        reference=payment.reference, payor=payment.payor, taken_on=on, taken_at=now,
        taken_by=by.id, imported=imported,
    )  # fmt: skip
    db.session.add(receipt)
    db.session.flush()
    for due, part in split.parts:
        db.session.add(Allocation(receipt_id=receipt.id, obligation_id=due.obligation, amount=part))
    db.session.flush()
    follow(receipt, on=on, by=by)
    record(Act.RECEIPT_GIVEN, f"receipt:{receipt.number}", f"participant:{participant.number}",
           by=by, cents=payment.amount.cents, mode=payment.mode.value)  # fmt: skip
    return receipt


def _kind(mode: Mode, on: date, imported: bool) -> tuple[Event, str]:
    if imported:
        return Event.IMPORTED_RECEIPT, IMPORTED_SERIES
    event = Event.RECEIPT_CARD if mode is Mode.CARD else Event.RECEIPT
    return event, f"M-{on.year}-"


def void(
    receipt: Receipt, *, reason: VoidReason, copy_returned: bool, seen: str, by: Staff, on: date,
    now: datetime,
) -> ReceiptVoid:  # fmt: skip
    """Turn a receipt back on the day it was given, whole; the number stays used.

    `seen` is the hash that the page showed. Raises Stale, AlreadyVoid, LedgerRefused if
    the same person took the money, on a later day, or once it was deposited.
    """
    books.hold()
    if seen != receipt.hash16:
        raise Stale
    if db.session.get(ReceiptVoid, receipt.id) is not None:
        raise AlreadyVoid
    posted = books.reverse(
        receipt.entry_number, event=Event.VOID_RECEIPT, key=f"void:{receipt.number}", by=by.id,
        on=on, now=now, doc=receipt.number,
    )  # fmt: skip
    return keep_void(receipt, posted.number, reason, copy_returned, by=by, on=on, now=now)


def keep_void(
    receipt: Receipt, entry: int, reason: VoidReason, copy_returned: bool, *, by: Staff, on: date,
    now: datetime,
) -> ReceiptVoid:  # fmt: skip
    """Keep why a receipt is void, and let the fee condition follow."""
    made = ReceiptVoid(
        receipt_id=receipt.id, entry_number=entry, reason=reason, copy_returned=copy_returned,
        voided_on=on, voided_at=now, voided_by=by.id,
    )  # fmt: skip
    db.session.add(made)
    db.session.flush()
    follow(receipt, on=on, by=by)
    record(Act.RECEIPT_VOIDED, f"receipt:{receipt.number}", by=by, reason=reason.value,
           copy_returned=int(copy_returned))  # fmt: skip
    return made


def follow(receipt: Receipt, *, on: date, by: Staff) -> None:
    """Let the fee condition know whether anything is still owed on each enrollment touched."""
    touched = db.session.scalars(_TOUCHED, {"receipt": receipt.id}).all()
    evidence.follow(touched, on=on, by=by)
