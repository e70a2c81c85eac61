"""Charge by hand the fee that an enrollment did not charge (E01)."""

from datetime import date, datetime

from diversion.core import once
from diversion.core.errors import Refused
from diversion.core.money import Money
from diversion.core.words import _
from diversion.fees.assessments import queries, services
from diversion.fees.models import Obligation, OtherAmount
from diversion.ledger import services as books
from diversion.participants.models import Participant
from diversion.staff.models import Staff


class NothingOther(Refused):
    """A reason goes with another amount, else it would say what is not so."""

    sentence = _("A reason is for another amount. Write the amount, or choose no reason.")
    field = "reason"


def charge(
    participant: Participant, amount: Money | None, reason: OtherAmount | None, *, key: str,
    by: Staff, on: date, now: datetime,
) -> tuple[Obligation, ...]:  # fmt: skip
    """Charge the fee of the terms, or another amount with its reason; the key counts once.

    Raises NobodyToCharge, NothingOther, NoReasonGiven, NothingToAssess, LedgerRefused.
    """
    asked = {"who": participant.number, "reason": reason or ""}
    asked["amount"] = "" if amount is None else str(amount.cents)
    if once.claim(key, once.request_hash("charge", asked)) is not None:
        return ()
    books.hold()
    enrollment = queries.to_charge(participant.id)
    if enrollment is None:
        raise queries.NobodyToCharge
    if amount == enrollment.program_version.fee:
        amount = None
    if amount is None and reason is not None:
        raise NothingOther
    made = services.assess(enrollment, by=by, on=on, now=now, amount=amount, reason=reason)
    once.settle(key, made[0].handle)
    return made
