"""Let a county take the state's fee at its own counter."""

from datetime import date
from itertools import count

from diversion.core.money import Money
from diversion.core.tracks import Track
from diversion.fees.models import Payor, VoidReason
from diversion.fees.remittees.rules import Share
from diversion.fees.remittees.services import put_in_force as split
from diversion.fees.schedules.models import LineKind, Office
from diversion.fees.schedules.services import Part, put_in_force
from diversion.fees.state_models import StateReceipt
from diversion.fees.state_receipts.services import Handed, take, void
from diversion.fees.void_in_place import Why
from diversion.fees.void_models import PayersCopy
from diversion.fund.chart.models import Use
from diversion.fund.chart.services import switch
from diversion.ledger.commands import Mode
from diversion.participants.models import Participant
from diversion.staff.models import Staff
from tests.conftest import NOW
from tests.factories.fees import TODAY, make_debtor

PROGRAM = Part("Class fee", Money(100_000))
OURS = Part("State fee", Money(10_000), LineKind.STATUTORY, noted=True,
            office=Office.PROGRAM_OFFICE)  # fmt: skip
SHARES = (Share("State Court Fund", 67), Share("Local treasurer", 33))
_keys = count(1)


def collect_here(by: Staff, on: date = TODAY) -> Participant:
    """Switch it on, split it in two, charge it, and enroll somebody who owes it."""
    switch(Use.STATE_FEE, "Order 26-118", wanted=True, by=by, on=on, now=NOW)
    split(SHARES, key=f"split-{next(_keys)}", by=by, on=on, today=on, now=NOW)
    put_in_force(Track.SBAD, [PROGRAM, OURS], by=by, on=on)
    return make_debtor(by, on=on)[0]


def make_state_receipt(
    person: Participant, cents: int, *, by: Staff, mode: Mode = Mode.CASH, reference: str = "",
    key: str = "", on: date = TODAY,
) -> StateReceipt:  # fmt: skip
    handed = Handed(Money(cents), mode, reference, Payor.SELF)
    return take(person, handed, key=key or f"state-{next(_keys)}", by=by, on=on, now=NOW).made


def void_state(receipt: StateReceipt, *, by: Staff, on: date = TODAY, seen: str = "") -> None:
    """Void a receipt whose copy the payer took along."""
    why = Why(VoidReason.WRONG_AMOUNT, PayersCopy.PAYER_LEFT, seen or receipt.hash16)
    void(receipt, why, by=by, on=on, now=NOW + (on - TODAY))
