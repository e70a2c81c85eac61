"""Apply a person's credit to what they owe (E09 from 2100), oldest first."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime

from diversion.audit.models import Act
from diversion.audit.services import record
from diversion.core import once
from diversion.core.database import db
from diversion.core.errors import Refused
from diversion.core.handles import new_handle
from diversion.core.money import Money
from diversion.core.words import _
from diversion.fees import evidence
from diversion.fees import queries as fees
from diversion.fees.applied import queries, rules
from diversion.fees.applied.models import CreditPart, CreditUse
from diversion.fees.applied.rules import Part
from diversion.fees.models import Obligation
from diversion.fees.rules import allocate
from diversion.fees.schedules.models import Overpayment
from diversion.fees.settling import settled, to_purposes
from diversion.ledger import receipts
from diversion.ledger import services as books
from diversion.ledger.accounts import CREDITS
from diversion.ledger.commands import Command, Line, debit
from diversion.ledger.events import Event
from diversion.participants.models import Participant
from diversion.staff.models import Staff


class NoCredit(Refused):
    """Only what stands to a person's credit is applied."""

    sentence = _("There is no credit on this account.")


class NothingOwed(Refused):
    """A credit settles what is owed; where nothing is, it waits or is refunded."""

    sentence = _("Nothing is owed that the credit could settle.")


class Moved(Refused):
    """What is applied is what the page showed."""

    sentence = _("Something was paid or changed since you opened this page. Look at it again.")


def standing(participant_id: int) -> str:
    """Return a short hash of a person's credit and of all that is open."""
    dues = {str(due.obligation): due.open.cents for due in fees.dues(participant_id)}
    credit_ = fees.credit_of(participant_id).cents
    return once.request_hash("credit_shown", {"credit": credit_, **dues})[:16]


def settled_by(participant_id: int) -> list[Part]:
    """Return what the credit of a person would settle. Raises NoCredit, NothingOwed."""
    there, dues = fees.credit_of(participant_id), fees.dues(participant_id)
    if not there:
        raise NoCredit
    if not dues:
        raise NothingOwed
    split = allocate(there, dues, Overpayment.CREDIT)
    left = queries.left_on_receipts(participant_id)
    return rules.pair(split.parts, rules.sources(left, there))


def apply(
    participant: Participant, *, seen: str, key: str, by: Staff, on: date, now: datetime
) -> CreditUse:  # fmt: skip
    """Apply the whole credit, as far as something is owed; the key counts once.

    `seen` is what `standing` said when it was shown. Raises NoCredit, NothingOwed, Moved,
    LedgerRefused.
    """
    asked = {"who": participant.number, "on": on}
    earlier = once.claim(key, once.request_hash("credit_use", asked))
    if earlier is not None:
        return queries.use(earlier)
    books.hold()
    parts = settled_by(participant.id)
    if seen != standing(participant.id):
        raise Moved
    total, handle = Money.total(part.amount for part in parts), new_handle()
    command = Command(Event.APPLY, meaning(participant.id, parts), doc=handle)
    posted = books.post(command, key=f"apply:{handle}", by=by.id, on=on, now=now)
    made = CreditUse(
        handle=handle, participant_id=participant.id, track=participant.track, amount=total,
        entry_number=posted.number, used_on=on, used_at=now, used_by_id=by.id, parts=_rows(parts),
    )  # fmt: skip
    db.session.add(made)
    db.session.flush()
    touched = {part.due.obligation for part in parts}
    evidence.follow(
        [db.session.get_one(Obligation, each).enrollment_id for each in touched], on=on, by=by
    )
    once.settle(key, handle)
    record(Act.CREDIT_APPLIED, f"credit_use:{handle}", f"participant:{participant.number}", by=by,
           cents=total.cents)  # fmt: skip
    return made


def meaning(participant_id: int, parts: Sequence[Part]) -> list[Line]:
    """Say in accounts what an application is.

    The credit falls; what is owed and what was not yet earned fall with it, which is
    revenue now. Cash that the county has already moves from general money to its purpose.
    """
    total = Money.total(part.amount for part in parts)
    cash = Counter[int]()
    for part in parts:
        if part.due.earmark and part.receipt and receipts.is_at_bank(part.receipt):
            cash[part.due.earmark] += part.amount.cents
    return [
        debit(CREDITS, total, participant_id),
        *settled((part.due, part.amount) for part in parts),
        *to_purposes(cash),
    ]


def _rows(parts: Sequence[Part]) -> list[CreditPart]:
    return [
        CreditPart(place=place, receipt_id=each.receipt, obligation_id=each.due.obligation,
                   amount=each.amount)
        for place, each in enumerate(parts, 1)
    ]  # fmt: skip
