"""Free a participant's credit that was applied to fees, when its payment is taken back."""

from dataclasses import dataclass
from datetime import date, datetime

from diversion.core.database import db
from diversion.fees import earmarks, evidence
from diversion.fees.applied import queries
from diversion.fees.models import Obligation, Receipt
from diversion.ledger import queries as ledger
from diversion.ledger import services as books
from diversion.ledger.accounts import CREDITS
from diversion.ledger.commands import Command
from diversion.ledger.events import Event
from diversion.staff.models import Staff


@dataclass(frozen=True)
class Taker:
    """Who takes something back, with whom, and when."""

    by: Staff
    approved_by: int
    on: date
    now: datetime


def free(receipt: Receipt, taker: Taker) -> None:
    """Turn applications of a receipt's credit back, until all of it stands there again.

    First go those that used this receipt, then others, newest first. What was refunded
    meanwhile is not there; then the ledger refuses what follows.
    """
    used, who = queries.entries_using(receipt.id), receipt.participant_id
    found = ledger.applications(CREDITS, who)
    for entry in sorted(found, key=lambda each: (each not in used, -each)):
        if entry in used or -ledger.balance(CREDITS, who) < receipt.credit:
            _turn_back(entry, receipt.number, taker)


def _turn_back(entry: int, doc: str, taker: Taker) -> None:
    """Reverse an application after its cash is where the reversal and the credit need it."""
    parts = queries.parts_of(entry)
    cash = earmarks.back_to_general(parts, entry)
    if cash:
        books.post(
            Command(Event.APPLY, cash, doc=doc), key=f"unapply-cash:{entry}",
            by=taker.by.id, approved_by=taker.approved_by, on=taker.on, now=taker.now,
        )  # fmt: skip
    books.reverse(
        entry, key=f"unapply:{entry}", by=taker.by.id, approved_by=taker.approved_by,
        on=taker.on, now=taker.now, doc=doc,
    )  # fmt: skip
    fees = {part.obligation_id for part in parts}
    touched = [db.session.get_one(Obligation, each).enrollment_id for each in fees]
    evidence.follow(touched, on=taker.on, by=taker.by)
