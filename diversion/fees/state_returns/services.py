"""Take back what a bank took back of the state's fee: noted by one person, posted by two (S07)."""

from datetime import date, datetime

from diversion.audit.models import Act
from diversion.audit.services import record
from diversion.core import once
from diversion.core.database import db
from diversion.core.errors import Refused
from diversion.core.money import Money
from diversion.core.words import _
from diversion.fees.codes import ReturnReason
from diversion.fees.state.services import follow
from diversion.fees.state_models import StateReceipt, StateReturn
from diversion.fees.state_receipts import queries
from diversion.ledger import facts
from diversion.ledger import queries as ledger
from diversion.ledger import services as books
from diversion.ledger.accounts import STATUTORY_DUE, STATUTORY_HELD
from diversion.ledger.commands import Command, Line, credit
from diversion.ledger.events import Event
from diversion.staff.approvals import services as approvals
from diversion.staff.approvals.models import Matter
from diversion.staff.models import Staff


class NotReturnable(Refused):
    """What the treasurer does not have, no bank can take back."""

    sentence = _("Only a check or money order that the treasurer has can be returned, once.")


class AlreadyAsked(Refused):
    """One request about a receipt at a time."""

    sentence = _("Somebody noted this already. It waits for a second person.")


class SentOn(Refused):
    """What was sent on is not here to be given back."""

    sentence = _(
        "{amount} of it was sent on already. Post the return once as much is due again, "
        "or after the office sent it back."
    )


def ask(
    receipt: StateReceipt, reason: ReturnReason, reference: str, *, by: Staff, on: date,
    now: datetime,
) -> StateReturn:  # fmt: skip
    """Note that a bank returned a payment, for a second person to approve.

    Raises NotReturnable, AlreadyAsked.
    """
    books.hold()
    if not queries.may_return(receipt):
        raise NotReturnable
    if queries.waiting_return(queries.returns_of(receipt.id)):
        raise AlreadyAsked
    made = StateReturn(
        receipt_id=receipt.id, reason=reason, reference=reference, asked_on=on, asked_at=now,
        asked_by_id=by.id,
    )  # fmt: skip
    db.session.add(made)
    db.session.flush()
    approvals.ask(
        Matter.STATE_RETURN, made.handle, amount=receipt.amount, request_hash=request_hash(made),
        by=by, now=now,
    )  # fmt: skip
    return made


def request_hash(said: StateReturn) -> str:
    """Return what an approval of it is bound to."""
    asked = {name: getattr(said, name) for name in ("handle", "receipt_id", "reason", "reference")}
    return once.request_hash("state_return", asked)


def carry_out(said: StateReturn, *, approved_by: int, on: date, now: datetime) -> StateReturn:
    """Post what was noted; the fee is open again. Raises NotReturnable, SentOn, LedgerRefused."""
    books.hold()
    receipt = db.session.get_one(StateReceipt, said.receipt_id)
    if not queries.may_return(receipt):
        raise NotReturnable
    command = meaning(receipt)
    _check_here(command)
    said.entry_number = books.post(
        command, key=f"state-return:{said.handle}", by=said.asked_by_id, approved_by=approved_by,
        on=on, now=now,
    ).number  # fmt: skip
    said.approved_by_id = approved_by
    db.session.flush()
    asker = db.session.get_one(Staff, said.asked_by_id)
    follow(receipt.participant_id, on=on, by=asker)
    record(Act.ITEM_RETURNED, f"state_return:{said.handle}", f"receipt:{receipt.number}",
           by=asker, cents=receipt.amount.cents)  # fmt: skip
    return said


def meaning(receipt: StateReceipt) -> Command:
    """Say in accounts what a return is: what was due of the receipt is due no more."""
    due = [x for x in facts.lines_of(receipt.entry_number) if x.account == STATUTORY_DUE]
    lines = [Line(STATUTORY_DUE, -each.cents, each.sub) for each in due]
    lines.append(credit(STATUTORY_HELD, receipt.amount))
    return Command(Event.STF_RETURNED, lines, doc=receipt.number)


def _check_here(command: Command) -> None:
    debits = {line.sub: line.cents for line in command.lines if line.account == STATUTORY_DUE}
    due = ledger.balances(STATUTORY_DUE, debits)
    short = sum(max(0, cents + due[sub].cents) for sub, cents in debits.items())
    short = max(short, sum(debits.values()) - ledger.balance(STATUTORY_HELD).cents)
    if short > 0:
        raise SentOn(_(SentOn.sentence.text, amount=Money(short)))
