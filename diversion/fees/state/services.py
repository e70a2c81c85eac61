"""Note what the court clerk collected or the court waived of the state's fee; nothing is posted."""

from dataclasses import dataclass
from datetime import date, datetime

from diversion.audit.models import Act
from diversion.audit.services import record
from diversion.core import once
from diversion.core.database import db
from diversion.core.handles import new_handle
from diversion.core.money import Money
from diversion.enrollments.codes import ConditionKind
from diversion.enrollments.conditions import services as conditions
from diversion.enrollments.models import Enrollment
from diversion.fees.state import queries, rules
from diversion.fees.state.models import Noted, StateFeeNote
from diversion.ledger import services as books
from diversion.participants.models import Participant
from diversion.staff.models import Staff


@dataclass(frozen=True)
class Fact:
    """What the paper of the court says."""

    kind: Noted
    amount: Money
    reference: str
    happened_on: date


def note(
    participant: Participant, fact: Fact, *, key: str, by: Staff, on: date, now: datetime
) -> StateFeeNote:
    """Keep what happened at the court; the key counts once.

    Raises SwitchedOff, CollectedHere, NotSoMuch, NotThen, NoPaper.
    """
    asked = {**vars(fact), "amount": fact.amount.cents, "who": participant.number}
    earlier = once.claim(key, once.request_hash("state_fee", asked))
    if earlier is not None:
        return queries.note(earlier)
    books.hold()
    fee = queries.of_participant(participant.id)
    if fee is None:
        raise rules.SwitchedOff
    rules.check(fee.office, fact.kind, fee.open, fact.amount)
    rules.check_paper(fact.reference, fact.happened_on, fee.enrollment.entered_on, on)
    made = _keep(fee.enrollment, fact, by=by, now=now)
    once.settle(key, made.handle)
    return made


def take_back(found: StateFeeNote, *, by: Staff, on: date, now: datetime) -> StateFeeNote:
    """Say that a note was a mistake; it stays. Raises TakenBack."""
    books.hold()
    if found not in queries.standing(queries.notes_of(found.participant_id)):
        raise rules.TakenBack
    fact = Fact(Noted.TAKEN_BACK, found.amount, found.reference, on)
    enrollment = db.session.get_one(Enrollment, found.enrollment_id)
    return _keep(enrollment, fact, by=by, now=now, takes_back=found.id)


def _keep(
    enrollment: Enrollment, fact: Fact, *, by: Staff, now: datetime, takes_back: int | None = None
) -> StateFeeNote:
    made = StateFeeNote(
        handle=new_handle(), **enrollment.whose, **vars(fact),
        takes_back_id=takes_back, noted_at=now, noted_by_id=by.id,
    )  # fmt: skip
    db.session.add(made)
    db.session.flush()
    record(Act.STATE_FEE_NOTED, f"state_fee:{made.handle}", f"enrollment:{enrollment.handle}",
           by=by, kind=fact.kind.value, cents=fact.amount.cents)  # fmt: skip
    follow(enrollment.participant_id, on=fact.happened_on, by=by)
    return made


def follow(participant_id: int, *, on: date, by: Staff) -> None:
    """Let the requirement know whether anything of the state's fee is open."""
    fee = queries.of_participant(participant_id)
    if fee is None:
        return
    kind, source = ConditionKind.STATE_FEE, f"state_fee:{fee.enrollment.id}"
    if not fee.open:
        conditions.add_evidence(fee.enrollment.id, kind, source=source, happened_on=on, by=by)
    else:
        conditions.take_back(fee.enrollment.id, kind, source=source, happened_on=on, by=by)
