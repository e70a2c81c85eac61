"""Take the state's fee at our counter (S02), and void a receipt on its day (S06)."""

from dataclasses import dataclass
from datetime import date, datetime

from diversion.audit.models import Act
from diversion.audit.services import record
from diversion.core import once
from diversion.core.database import db
from diversion.core.money import Money
from diversion.fees import typed_again, void_in_place
from diversion.fees.instruments import check_for_state
from diversion.fees.models import STATE_SERIES, Payor
from diversion.fees.remittees import queries as remittees
from diversion.fees.remittees.rules import NoSplit, divide
from diversion.fees.state import queries as state
from diversion.fees.state.rules import SwitchedOff, check_amount
from diversion.fees.state.services import follow
from diversion.fees.state_models import StateReceipt
from diversion.fees.state_receipts import queries, rules
from diversion.fees.void_in_place import Why
from diversion.ledger import services as books
from diversion.ledger.accounts import STATUTORY_DUE, STATUTORY_UNDEPOSITED
from diversion.ledger.commands import OWN_RECEIPT, Command, Mode, Tender, credit, debit
from diversion.ledger.events import Event
from diversion.ledger.services import Posted
from diversion.participants.models import Participant
from diversion.staff.models import Staff


@dataclass(frozen=True)
class Handed:
    """What was handed over, and by whom."""

    amount: Money
    mode: Mode
    reference: str = ""
    payor: Payor = Payor.SELF


def take(
    participant: Participant, handed: Handed, *, key: str, by: Staff, on: date, now: datetime,
    again: bool = True,
) -> once.Outcome[StateReceipt]:  # fmt: skip
    """Give a numbered receipt for the state's fee; the key counts once.

    `again`: also where the same was receipted a moment ago, else TypedAgain.
    Raises SwitchedOff, CollectedThere, NotByCard, NoNumber, CardNumber, SplitBetween,
    NotSoMuch, NoSplit, LedgerRefused.
    """
    asked = {**vars(handed), "amount": handed.amount.cents, "who": participant.number}
    earlier = once.claim(key, once.request_hash("state_receipt", asked))
    if earlier is not None:
        return once.Outcome(queries.receipt(earlier), repeated=True)
    books.hold()
    fee = state.of_participant(participant.id)
    if fee is None:
        raise SwitchedOff
    rules.check(fee.office, handed.mode, handed.reference)
    check_for_state(participant.id, handed.mode, handed.reference, on)
    if not again:
        _check_again(participant, handed, by, on, now)
    check_amount(fee.open, handed.amount)
    posted = books.post(
        meaning(handed, remittees.percents(on), on), key=f"receipt:{key}", by=by.id, on=on, now=now
    )
    made = _keep(fee, handed, posted, by=by, on=on, now=now)
    once.settle(key, made.number)
    return once.Outcome(made)


def _check_again(
    participant: Participant, handed: Handed, by: Staff, on: date, now: datetime
) -> None:
    same = typed_again.Same(handed.amount, handed.mode, handed.reference, by, on, now)
    theirs = StateReceipt.participant_id == participant.id
    valid = StateReceipt.void_entry.is_(None)
    typed_again.check(StateReceipt, StateReceipt.taken_by_id, same, theirs, valid)


def meaning(handed: Handed, percents: dict[int, int], on: date) -> Command:
    """Say in accounts what it is: money in the drawer that is due to others. Raises NoSplit."""
    if not percents:
        raise NoSplit
    tender = Tender(f"{STATE_SERIES}{on.year}-", handed.mode, handed.amount, handed.reference)
    due = divide(handed.amount, percents)
    lines = [credit(STATUTORY_DUE, part, remittee) for remittee, part in due.items()]
    taken = debit(STATUTORY_UNDEPOSITED, handed.amount, OWN_RECEIPT)
    return Command(Event.STF_RECEIPT, [taken, *lines], tender=tender)


def _keep(
    fee: state.StateFee, handed: Handed, posted: Posted, *, by: Staff, on: date, now: datetime
) -> StateReceipt:
    made = StateReceipt(
        id=posted.receipt_id, number=posted.receipt_number, entry_number=posted.number,
        entry_hash=posted.hash, **fee.enrollment.whose, **vars(handed),
        open_after=fee.open - handed.amount, taken_on=on, taken_at=now, taken_by_id=by.id,
    )  # fmt: skip
    db.session.add(made)
    db.session.flush()
    follow(made.participant_id, on=on, by=by)
    record(Act.RECEIPT_GIVEN, f"receipt:{made.number}", by=by, cents=made.amount.cents,
           mode=made.mode.value, kind="state_fee")  # fmt: skip
    return made


def void(receipt: StateReceipt, why: Why, *, by: Staff, on: date, now: datetime) -> StateReceipt:
    """Void a receipt on its day; whoever took the money can't.

    Raises VoidAlready, Stale, AnotherDay, Gone, LedgerRefused.
    """
    books.hold(receipt)
    void_in_place.void(receipt, why, event=Event.STF_VOID, by=by, on=on, now=now)
    follow(receipt.participant_id, on=on, by=by)
    return receipt
