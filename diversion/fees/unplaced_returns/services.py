"""Take back what a bank took back of money without an account: noted, then posted by two (E16)."""

from collections import Counter
from datetime import date, datetime

from diversion.audit.models import Act
from diversion.audit.services import record
from diversion.core import once
from diversion.core.database import db
from diversion.core.errors import Refused
from diversion.core.money import Money
from diversion.core.words import _
from diversion.fees import earmarks
from diversion.fees.codes import ReturnReason
from diversion.fees.unplaced import queries
from diversion.fees.unplaced.models import UnplacedReceipt, UnplacedReturn
from diversion.ledger import facts
from diversion.ledger import services as books
from diversion.ledger.commands import Command, Line
from diversion.ledger.events import Event
from diversion.staff.approvals import services as approvals
from diversion.staff.approvals.models import Matter
from diversion.staff.models import Staff


class NotReturnable(Refused):
    """What the treasurer does not have, no bank can take back."""

    sentence = _("Only a check or money order that the treasurer has can be returned, once.")


class OnAnAccount(Refused):
    """What was placed opens its fee again, so it is taken back there."""

    sentence = _("This money stands on an account by now. Note the return on its receipt there.")


class AlreadyAsked(Refused):
    """One request about a receipt at a time."""

    sentence = _("Somebody noted this already. It waits for a second person.")


def ask(
    receipt: UnplacedReceipt, reason: ReturnReason, reference: str, *, by: Staff, on: date,
    now: datetime,
) -> UnplacedReturn:  # fmt: skip
    """Note that a bank returned a payment, for a second person to approve.

    Raises OnAnAccount, NotReturnable, AlreadyAsked.
    """
    said = _keep(receipt, reason, reference, by=by, on=on, now=now)
    approvals.ask(
        Matter.UNPLACED_RETURN, said.handle, amount=receipt.amount,
        request_hash=request_hash(said), by=by, now=now,
    )  # fmt: skip
    return said


def return_at_once(
    receipt: UnplacedReceipt, reason: ReturnReason, reference: str, *, by: Staff,
    approved_by: int, on: date, now: datetime,
) -> UnplacedReturn:  # fmt: skip
    """Return a payment with the second person who approves it. Raises what `ask` raises."""
    said = _keep(receipt, reason, reference, by=by, on=on, now=now)
    return carry_out(said, approved_by=approved_by, on=on, now=now)


def _keep(
    receipt: UnplacedReceipt, reason: ReturnReason, reference: str, *, by: Staff, on: date,
    now: datetime,
) -> UnplacedReturn:  # fmt: skip
    books.hold(receipt)
    _check(receipt)
    if queries.waiting_return(receipt.id) is not None:
        raise AlreadyAsked
    said = UnplacedReturn(
        receipt_id=receipt.id, reason=reason, reference=reference, asked_on=on, asked_at=now,
        asked_by_id=by.id,
    )  # fmt: skip
    db.session.add(said)
    db.session.flush()
    record(Act.RETURN_ASKED, f"unplaced_return:{said.handle}", f"receipt:{receipt.number}", by=by,
           reason=reason.value)  # fmt: skip
    return said


def _check(receipt: UnplacedReceipt) -> None:
    if queries.is_placed(receipt):
        raise OnAnAccount
    if not queries.may_return(receipt):
        raise NotReturnable


def request_hash(said: UnplacedReturn) -> str:
    """Return what an approval of it is bound to."""
    asked = {name: getattr(said, name) for name in ("handle", "receipt_id", "reason", "reference")}
    return once.request_hash("unplaced_return", asked)


def carry_out(said: UnplacedReturn, *, approved_by: int, on: date, now: datetime) -> UnplacedReturn:
    """Post what was noted; what the receipt had credited goes. Raises what `ask` raises."""
    receipt = queries.by_key(said.receipt_id)
    books.hold(receipt)
    _check(receipt)
    said.entry_number = books.post(
        meaning(receipt), key=f"unplaced-return:{said.handle}", by=said.asked_by_id,
        approved_by=approved_by, on=on, now=now,
    ).number  # fmt: skip
    said.approved_by_id = approved_by
    db.session.flush()
    asker = db.session.get_one(Staff, said.asked_by_id)
    record(Act.ITEM_RETURNED, f"unplaced_return:{said.handle}", f"receipt:{receipt.number}",
           by=asker, cents=receipt.amount.cents)  # fmt: skip
    return said


def meaning(receipt: UnplacedReceipt) -> Command:
    """Say in accounts what a return is: what was credited goes, and the cash of its purpose."""
    taken = [x for x in facts.lines_of(receipt.entry_number) if x.cents < 0]
    purposes = Counter[int]()
    for line in taken:
        purposes[line.earmark] -= line.cents
    lines = [Line(x.account, -x.cents, x.sub, x.earmark) for x in taken]
    cash = earmarks.cash_out({mark: Money(cents) for mark, cents in purposes.items()})
    return Command(Event.RETURNED_ITEM, [*lines, *cash], doc=receipt.number)
