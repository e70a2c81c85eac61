"""Let somebody of the fictional county pay too much, and then owe again."""

import uuid
from datetime import date, time, timedelta

from sqlalchemy import select

from diversion.cli.rehearsal.stage import Stage
from diversion.core import clock
from diversion.core.database import db
from diversion.core.money import Money
from diversion.core.tracks import Track
from diversion.fees import queries as fees
from diversion.fees.codes import Change, Why
from diversion.fees.models import Obligation
from diversion.fees.receipts.services import Payment, take
from diversion.fees.waivers import services as waivers
from diversion.ledger.commands import Mode
from diversion.participants.models import Participant
from diversion.staff.approvals.models import Decision
from diversion.staff.approvals.queries import latest_about
from diversion.staff.approvals.services import decide
from diversion.staff.models import Staff

TOO_MUCH, RAISED = Money(5_000), Money(7_500)
LIMIT = Money(100_000)


def plan_overpayment(stage: Stage, staff: dict[str, Staff]) -> None:
    """Let the person who came last of those who owe pay too much, five days ago."""
    on = stage.today - timedelta(days=5)

    def pay_too_much() -> None:
        person, owed = _owing()
        key = str(uuid.UUID(int=stage.random.getrandbits(128)))
        payment = Payment(owed + TOO_MUCH, Mode.MONEY_ORDER, "8804")
        take(person, payment, key=key, by=staff["clerk"], on=on, now=clock.now())
        _raise_fee(person, key, (staff["classes"], staff["accountant"]), on)

    stage.add(on, time(11), pay_too_much)


def _raise_fee(person: Participant, key: str, people: tuple[Staff, Staff], on: date) -> None:
    """Charge a book on top, as one asks and another approves; the credit waits beside it."""
    now, (asker, approver) = clock.now(), people
    fee = db.session.scalars(select(Obligation).filter_by(participant_id=person.id)).first()
    if fee is None:
        return
    wanted = waivers.Wanted(Change.RAISE, Why.PROGRAM_ERROR, "The book was not charged.", RAISED)
    asked = waivers.ask(person, fee, wanted, key=f"{key[:-4]}book", by=asker, on=on, now=now)
    request = latest_about(asked.change.matter, asked.handle)
    if request is not None:
        seen = request.hash16
        decide(request, Decision.APPROVED, seen=seen, by=approver, limit=LIMIT, now=now)
        waivers.carry_out(asked, hold_days=0, on=on, now=now)


def _owing() -> tuple[Participant, Money]:
    """Return who came last of those who owe, and how much."""
    query = select(Participant).where(Participant.track == Track.SBAD)
    people = db.session.scalars(query.order_by(Participant.id.desc())).all()
    owed = fees.owed_by([person.id for person in people])
    return next((person, owed[person.id]) for person in people if owed[person.id])
