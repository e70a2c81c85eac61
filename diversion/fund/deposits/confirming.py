"""Let the bank's word become the books' (E13), also where it took another amount (E14)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from diversion.audit.models import Act
from diversion.audit.services import record
from diversion.core import once
from diversion.core.database import db
from diversion.core.errors import Invalid, Refused
from diversion.core.finding import the_one
from diversion.core.money import ZERO, Money
from diversion.core.words import _
from diversion.fees import earmarks
from diversion.fund.deposits import queries
from diversion.fund.deposits.models import (
    Deposit,
    DepositConfirmation,
    DepositTaking,
    WhyDifferent,
)
from diversion.ledger import services as books
from diversion.ledger.accounts import IN_TRANSIT, TREASURY
from diversion.ledger.commands import Command, Line, credit, debit
from diversion.ledger.events import Event
from diversion.staff.approvals import queries as requests
from diversion.staff.approvals import services as approvals
from diversion.staff.approvals.models import ApprovalRequest, Matter
from diversion.staff.models import Staff

OVER_SHORT = 4090


class NotOnItsWay(Refused):
    """A deposit is confirmed once."""

    sentence = _("Deposit {number} is not on its way to the bank.")


class OwnDeposit(Refused):
    """Whoever prepared a deposit, or took money in it, does not confirm it."""

    sentence = _("You had a hand in deposit {number}. Somebody else confirms it.")


class WhyMissing(Invalid):
    """A difference has a reason, and a second person."""

    sentence = _("Say why the bank took another amount.")
    field = "reason"


class NothingTaken(Invalid):
    """What the bank took is an amount; a bag that never came is asked about at the bank."""

    sentence = _("Write what the bank took. A deposit that it never had stays in transit.")
    field = "amount"


class WrongDay(Invalid):
    """The bank can't take what was not brought yet."""

    sentence = _("The deposit was made on {day}. The bank had it from then until today.")
    field = "taken_on"


@dataclass(frozen=True)
class Taken:
    """What the bank says: its day, its amount, its own number."""

    on: date
    amount: Money
    reference: str = ""
    reason: WhyDifferent | None = None


def say(deposit: Deposit, taken: Taken, *, by: Staff, today: date, now: datetime) -> DepositTaking:
    """Keep what the bank took; it is in the books once `confirm` has posted it.

    Raises NotOnItsWay, OwnDeposit, Asked, NothingTaken, WhyMissing, WrongDay.
    """
    books.hold()
    way = queries.in_transit_of(deposit.id)
    if not way:
        raise NotOnItsWay(_(NotOnItsWay.sentence.text, number=deposit.number))
    if by.id in queries.hands_of(deposit):
        raise OwnDeposit(_(OwnDeposit.sentence.text, number=deposit.number))
    if waiting(deposit.id) is not None:
        raise approvals.Asked
    if not deposit.deposited_on <= taken.on <= today:
        day = f"{deposit.deposited_on:%m/%d/%Y}"
        raise WrongDay(_(WrongDay.sentence.text, day=day))
    if taken.amount <= ZERO:
        raise NothingTaken
    if taken.amount != way and taken.reason is None:
        raise WhyMissing
    made = DepositTaking(
        deposit_id=deposit.id, taken_on=taken.on, amount=taken.amount,
        difference=taken.amount - way, reference=taken.reference,
        reason=taken.reason if taken.amount != way else None, said_by_id=by.id, said_at=now,
    )  # fmt: skip
    db.session.add(made)
    db.session.flush()
    return made


def ask(taking: DepositTaking, *, by: Staff, now: datetime) -> ApprovalRequest:
    """Ask a second person about what the bank took differently."""
    return approvals.ask(
        Matter.DEPOSIT_DIFFERENCE, taking.handle, amount=Money(abs(taking.difference.cents)),
        request_hash=hashed(taking), by=by, now=now,
    )  # fmt: skip


def hashed(taking: DepositTaking) -> str:
    """Return what an approval is bound to: the deposit, the amount, the day, the reason."""
    return once.request_hash(
        "deposit-difference",
        {
            "deposit": taking.deposit_id, "on": taking.taken_on, "cents": taking.amount.cents,
            "difference": taking.difference.cents, "reason": taking.reason,
            "reference": taking.reference, "handle": taking.handle,
        },
    )  # fmt: skip


def confirm(
    taking: DepositTaking, *, by: int, approved_by: int | None = None, now: datetime
) -> DepositConfirmation:
    """Post that the bank has it: first the difference (E14), then the deposit (E13).

    Raises NotOnItsWay if the deposit changed meanwhile, and LedgerRefused.
    """
    books.hold()
    deposit = db.session.get_one(Deposit, taking.deposit_id)
    if queries.in_transit_of(deposit.id) + taking.difference != taking.amount:
        raise NotOnItsWay(_(NotOnItsWay.sentence.text, number=deposit.number))
    difference = None
    if taking.difference:
        difference = books.post(
            _difference(deposit, taking.difference), key=f"taking:{taking.handle}:difference",
            by=by, approved_by=approved_by, on=taking.taken_on, now=now,
        ).number  # fmt: skip
    posted = books.post(
        meaning(deposit, taking.amount, earmarks.brought_by(queries.receipts_in(deposit.id))),
        key=f"taking:{taking.handle}", by=by, on=taking.taken_on, now=now,
    )  # fmt: skip
    made = DepositConfirmation(
        entry=posted.number, taking_id=taking.id, difference_entry=difference
    )
    db.session.add(made)
    db.session.flush()
    record(Act.DEPOSIT_CONFIRMED, f"deposit:{deposit.number}", by=by, cents=taking.amount.cents,
           difference=taking.difference.cents)  # fmt: skip
    return made


def meaning(deposit: Deposit, amount: Money, marks: Mapping[int, Money]) -> Command:
    """Say in accounts what a confirmation is: the bag is with the treasurer, by purpose."""
    lines: list[Line] = [
        debit(TREASURY, part, 0, mark) for mark, part in bound(amount, marks).items()
    ]
    lines.append(credit(IN_TRANSIT, amount, deposit.id))
    return Command(Event.DEPOSIT_CONFIRMED, lines, doc=deposit.number)


def bound(amount: Money, marks: Mapping[int, Money]) -> dict[int, Money]:
    """Return by purpose what the bank took: what is missing or over is general money's.

    Where general money does not suffice, the rest is taken from the largest purpose.
    """
    parts = {mark: part for mark, part in marks.items() if part > ZERO}
    parts[0] = parts.get(0, ZERO) + amount - Money.total(parts.values())
    while parts[0] < ZERO:
        largest = max((m for m in parts if m), key=lambda m: (parts[m], -m))
        share = min(parts[largest], -parts[0])
        parts[largest], parts[0] = parts[largest] - share, parts[0] + share
    return {mark: part for mark, part in sorted(parts.items()) if part}


def _difference(deposit: Deposit, difference: Money) -> Command:
    if difference > ZERO:
        lines = [debit(IN_TRANSIT, difference, deposit.id), credit(OVER_SHORT, difference)]
    else:
        lines = [debit(OVER_SHORT, -difference), credit(IN_TRANSIT, -difference, deposit.id)]
    return Command(Event.DEPOSIT_DIFFERENCE, lines, doc=deposit.number)


def confirmed(deposit_id: int) -> tuple[DepositTaking, DepositConfirmation] | None:
    """Return the bank's word about a deposit that is at the bank, the latest."""
    query = (
        select(DepositTaking, DepositConfirmation)
        .join(DepositConfirmation, DepositConfirmation.taking_id == DepositTaking.id)
        .where(DepositTaking.deposit_id == deposit_id)
        .order_by(DepositTaking.id.desc())
        .limit(1)
    )
    row = db.session.execute(query).one_or_none()
    return None if row is None or queries.in_transit_of(deposit_id) else (row[0], row[1])


def taking(handle: str) -> DepositTaking:
    """Return what was said about a deposit, by its handle. Raises NotYours."""
    query = select(DepositTaking).where(DepositTaking.handle == handle)
    return the_one(query)


def waiting(deposit_id: int) -> str | None:
    """Return the handle of what waits for a second person about a deposit."""
    query = select(DepositTaking.handle).where(DepositTaking.deposit_id == deposit_id)
    for handle in db.session.scalars(query.order_by(DepositTaking.id.desc())):
        if requests.waiting_about(Matter.DEPOSIT_DIFFERENCE, handle) is not None:
            return handle
    return None


def all_waiting() -> set[int]:
    """Return the deposits about which a second person has yet to decide."""
    asked = requests.waiting().where(ApprovalRequest.matter == Matter.DEPOSIT_DIFFERENCE)
    subjects = asked.order_by(None).with_only_columns(ApprovalRequest.subject)
    query = select(DepositTaking.deposit_id).where(DepositTaking.handle.in_(subjects))
    return set(db.session.scalars(query))


def deposit_of(said: DepositTaking) -> Deposit:
    return db.session.get_one(Deposit, said.deposit_id)
