"""Ask to pay money back, approve it (E21, E22), and pay it by a third person (E23)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select

from diversion.audit.models import Act
from diversion.audit.services import record
from diversion.core import once, workdays
from diversion.core.database import db
from diversion.core.money import ZERO, Money
from diversion.enrollments.terms.queries import closed_days
from diversion.fees import earmarks, evidence
from diversion.fees import queries as fees
from diversion.fees.models import Obligation
from diversion.fees.refunds import cancelling, queries, rules
from diversion.fees.refunds.models import Instrument, Refund, RefundReason
from diversion.ledger import services as books
from diversion.ledger.commands import Command, debit
from diversion.ledger.events import Event
from diversion.participants.models import Participant
from diversion.staff.approvals import services as approvals
from diversion.staff.approvals.models import Matter
from diversion.staff.models import Staff

# So many days at most is a court closed beside weekends, within a few weeks.
MOST_CLOSED = 30


@dataclass(frozen=True)
class Wish:
    """What is to go back. Without an obligation it is the credit that goes back."""

    amount: Money
    reason: RefundReason
    obligation: Obligation | None = None
    stays_owed: bool = False
    document: str = ""


def ask(
    participant: Participant, wish: Wish, *, key: str, by: Staff, on: date, now: datetime
) -> Refund:
    """Ask a second person to pay money back; the key counts once. Raises MoreThanPaid."""
    place = wish.obligation.handle if wish.obligation else queries.CREDIT
    asked = {**vars(wish), "amount": wish.amount.cents, "obligation": place}
    hashed = once.request_hash("refund", {**asked, "who": participant.number})
    earlier = once.claim(key, hashed)
    if earlier is not None:
        return queries.refund(earlier)
    made = _keep(participant, wish, by=by, on=on, now=now)
    approvals.ask(
        Matter.REFUND, made.handle, amount=made.amount, request_hash=request_hash(made), by=by,
        now=now,
    )  # fmt: skip
    once.settle(key, made.handle)
    return made


def refund_at_once(
    participant: Participant, wish: Wish, *, by: Staff, approved_by: int, hold_days: int, on: date,
    now: datetime,
) -> Refund:  # fmt: skip
    """Post a refund that was approved with something else, such as a fee reduced after payment.

    Raises MoreThanPaid, LedgerRefused.
    """
    made = _keep(participant, wish, by=by, on=on, now=now)
    return carry_out(made, approved_by=approved_by, hold_days=hold_days, on=on, now=now)


def request_hash(refund: Refund) -> str:
    """Return what an approval of it is bound to."""
    names = ("handle", "participant_id", "obligation_id", "stays_owed", "reason", "document")
    asked = {name: getattr(refund, name) for name in names}
    return once.request_hash("refund", {**asked, "amount": refund.amount.cents})


def carry_out(
    refund: Refund, *, approved_by: int, hold_days: int, on: date, now: datetime
) -> Refund:
    """Post that the county owes the money back. Raises MoreThanPaid, LedgerRefused."""
    books.hold()
    rules.check_amount(refund.amount, most_of(refund.participant_id, refund.obligation_id))
    who, obligation = refund.participant_id, _obligation(refund)
    if obligation is None:
        event, lines = Event.REFUND_CREDIT, rules.of_credit(refund.amount, who)
    else:
        revenue = obligation.revenue_account, obligation.earmark
        event, lines = Event.REFUND_APPROVED, rules.of_fee(
            obligation.id, revenue, refund.amount, who, stays_owed=refund.stays_owed
        )  # fmt: skip
    refund.entry_number = books.post(
        Command(event, lines, doc=refund.handle), key=f"refund:{refund.handle}",
        by=refund.asked_by_id, approved_by=approved_by, on=on, now=now,
    ).number  # fmt: skip
    refund.approved_by_id = approved_by
    check_on = queries.last_check_on(who, refund.obligation_id)
    refund.held_until = _held_until(check_on, hold_days) if check_on else None
    db.session.flush()
    asker = db.session.get_one(Staff, refund.asked_by_id)
    if obligation is not None:
        evidence.follow([obligation.enrollment_id], on=on, by=asker)
    record(Act.REFUND_APPROVED, f"refund:{refund.handle}", by=asker, cents=refund.amount.cents)
    return refund


def pay(
    refund: Refund, instrument: Instrument, reference: str, *, by: Staff, on: date, now: datetime
) -> Refund:
    """Pay a refund by check or transfer; whoever asked or approved can't.

    Raises NotToBePaid, TooEarly, TakenBack, ReferenceUsed, LedgerRefused.
    """
    books.hold(refund)
    cancelling.check_payable(refund)
    if refund.held_until is not None and on < refund.held_until:
        raise rules.TooEarly(until=refund.held_until)
    if most_of(refund.participant_id, refund.obligation_id) < ZERO:
        raise rules.TakenBack
    used = select(Refund.id).where(Refund.paid_reference == reference)
    if db.session.scalar(used) is not None:
        raise rules.ReferenceUsed
    obligation = _obligation(refund)
    cash = earmarks.cash_out({obligation.earmark if obligation else 0: refund.amount})
    lines = [debit(rules.REFUNDS_PAYABLE, refund.amount, refund.participant_id), *cash]
    refund.paid_entry = books.post(
        Command(Event.REFUND_PAID, lines, doc=refund.handle), key=f"refund-paid:{refund.handle}",
        by=by.id, on=on, now=now,
    ).number  # fmt: skip
    refund.paid_by_id, refund.paid_on = by.id, on
    refund.instrument, refund.paid_reference = instrument, reference
    db.session.flush()
    record(Act.REFUND_PAID, f"refund:{refund.handle}", by=by, cents=refund.amount.cents)
    return refund


def most_of(participant_id: int, obligation_id: int | None) -> Money:
    """Return how much can go back at most."""
    if obligation_id is None:
        return fees.credit_of(participant_id)
    return queries.paid_on(obligation_id)


def _keep(participant: Participant, wish: Wish, *, by: Staff, on: date, now: datetime) -> Refund:
    books.hold()
    obligation = wish.obligation
    rules.check_amount(wish.amount, most_of(participant.id, obligation.id if obligation else None))
    made = Refund(
        participant_id=participant.id, track=participant.track,
        obligation_id=obligation.id if obligation else None, amount=wish.amount,
        stays_owed=wish.stays_owed and obligation is not None, reason=wish.reason,
        document=wish.document, asked_on=on, asked_at=now, asked_by_id=by.id,
    )  # fmt: skip
    db.session.add(made)
    db.session.flush()
    record(Act.REFUND_ASKED, f"refund:{made.handle}", f"participant:{participant.number}", by=by,
           cents=made.amount.cents, reason=made.reason.value)  # fmt: skip
    return made


def _obligation(refund: Refund) -> Obligation | None:
    return db.session.get(Obligation, refund.obligation_id) if refund.obligation_id else None


def _held_until(check_on: date, days: int) -> date:
    """Return the workday on which a check can't come back any more."""
    closed = closed_days(check_on, check_on + timedelta(days=2 * days + MOST_CLOSED))
    return workdays.after(check_on, days, closed)
