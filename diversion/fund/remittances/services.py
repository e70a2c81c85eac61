"""Send the state's money on: asked by one person, posted once a second one agrees (S05)."""

from dataclasses import dataclass
from datetime import date, datetime

from diversion.audit.models import Act
from diversion.audit.services import record
from diversion.core import once
from diversion.core.database import db
from diversion.core.money import Money
from diversion.fees.remittees.models import Remittee
from diversion.fund.orders.kinds import Method
from diversion.fund.remittances import queries, rules
from diversion.fund.remittances.models import Remittance
from diversion.ledger import queries as ledger
from diversion.ledger import services as books
from diversion.ledger.accounts import STATUTORY_DUE, STATUTORY_HELD
from diversion.ledger.commands import Command, credit, debit
from diversion.ledger.events import Event
from diversion.staff.approvals import services as approvals
from diversion.staff.approvals.models import Matter
from diversion.staff.models import Staff


@dataclass(frozen=True)
class Sending:
    """How much is sent on, and how."""

    amount: Money
    method: Method
    reference: str


def ask(remittee: Remittee, sending: Sending, *, key: str, by: Staff, now: datetime) -> Remittance:
    """Ask a second person to send money on; the key counts once.

    Raises NoNumber, NumberUsed, TooMuch.
    """
    asked = {**vars(sending), "amount": sending.amount.cents, "to": remittee.handle, "by": by.id}
    earlier = once.claim(key, once.request_hash("remittance", asked))
    if earlier is not None:
        return queries.remittance(earlier)
    books.hold()
    made = Remittance(
        remittee_id=remittee.id, **vars(sending), asked_by_id=by.id, asked_at=now
    )  # fmt: skip
    _check(made)
    db.session.add(made)
    db.session.flush()
    approvals.ask(
        Matter.REMITTANCE, made.handle, amount=made.amount, request_hash=request_hash(made),
        by=by, now=now,
    )  # fmt: skip
    once.settle(key, made.handle)
    return made


def request_hash(made: Remittance) -> str:
    """Return what an approval of it is bound to."""
    names = ("handle", "remittee_id", "method", "reference")
    asked = {name: getattr(made, name) for name in names}
    return once.request_hash("remittance", {**asked, "cents": made.amount.cents})


def carry_out(made: Remittance, *, approved_by: int, on: date, now: datetime) -> Remittance:
    """Post what was asked. Raises NumberUsed, TooMuch, LedgerRefused."""
    books.hold()
    _check(made)
    lines = [debit(STATUTORY_DUE, made.amount, made.remittee_id),
             credit(STATUTORY_HELD, made.amount)]  # fmt: skip
    made.entry = books.post(
        Command(Event.STF_REMIT, lines, doc=made.reference), key=f"remittance:{made.handle}",
        by=made.asked_by_id, approved_by=approved_by, on=on, now=now,
    ).number  # fmt: skip
    made.approved_by_id, made.remitted_on = approved_by, on
    db.session.flush()
    record(Act.STATE_FEE_REMITTED, f"remittance:{made.handle}", by=made.asked_by_id,
           cents=made.amount.cents, approver=approved_by)  # fmt: skip
    return made


def _check(made: Remittance) -> None:
    due, held = queries.due_to(made.remittee_id), ledger.balance(STATUTORY_HELD)
    used = queries.is_used(made.method, made.reference)
    rules.check(made.amount, due, held, made.reference, used=used)
