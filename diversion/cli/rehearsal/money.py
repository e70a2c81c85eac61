"""Let the people of the fictional county pay, and the office deposit what they paid."""

import uuid
from datetime import date, time, timedelta
from functools import partial

from sqlalchemy import select

from diversion.cli.rehearsal.small_office import bank_day
from diversion.cli.rehearsal.stage import Stage
from diversion.core import clock
from diversion.core.database import db
from diversion.core.money import ZERO, Money
from diversion.core.tracks import Track
from diversion.fees import queries as fees
from diversion.fees.receipts.services import Payment, take
from diversion.fees.schedules.models import LineKind
from diversion.fees.schedules.services import Part
from diversion.fund.deposits.drafts import carry_out, draw
from diversion.fund.deposits.models import DepositDraft, WhyDifferent
from diversion.fund.deposits.services import prepare
from diversion.ledger.commands import Mode
from diversion.ledger.receipts import undeposited
from diversion.participants.models import Participant
from diversion.staff.approvals.models import Decision, Matter
from diversion.staff.approvals.queries import waiting_about
from diversion.staff.approvals.services import decide
from diversion.staff.models import Staff

COUNTER = time(14)
TODAY = time(0, 1)  # at whatever hour the year is made
FEE = Money(100000)
# The fictional county let its court clerk collect the state's fee, which is only noted here.
LINES = (
    Part("Program fee", FEE),
    Part("State diversion fee", Money(10_000), LineKind.STATUTORY, noted=True),
)
SHORT_FROM = 20  # weeks; the first cash after that is a dollar short
# How people pay: days after the fee was charged, and the amount.
HABITS = (
    ((0, 100000),),
    ((0, 100000),),
    ((12, 100000),),
    ((3, 25000), (33, 25000), (63, 25000), (93, 25000)),
    ((5, 50000), (40, 50000)),
    ((2, 20000), (45, 15000)),
    (),
)
MODES = (Mode.CASH, Mode.CHECK, Mode.CHECK, Mode.MONEY_ORDER, Mode.CARD)


def plan_payments(stage: Stage, participant: Participant, *, by: Staff, on: date) -> None:
    """Put a person's payments on the stage, by one of a few habits."""
    for days, cents in stage.random.choice(HABITS):
        day = on + timedelta(days=days)
        day += timedelta(days=(7 - day.weekday()) % 7 if day.weekday() > 4 else 0)
        stage.add(day, COUNTER, partial(_pay, stage, participant, Money(cents), by, day))


def plan_today(stage: Stage, *, by: Staff) -> None:
    """Let somebody who owes pay this morning, so that today has a receipt."""
    stage.add(stage.today, TODAY, partial(_pay_first, stage, by))


def _pay_first(stage: Stage, by: Staff) -> None:
    people = db.session.scalars(select(Participant).filter_by(track=Track.SBAD)).all()
    owed = fees.owed_by([person.id for person in people])
    owing = next((person for person in people if owed[person.id]), None)
    if owing is not None:
        _pay(stage, owing, Money(15000), by, stage.today)


def _pay(stage: Stage, participant: Participant, amount: Money, by: Staff, on: date) -> None:
    owed = fees.owed_by([participant.id])[participant.id]
    if not owed:
        return
    mode = stage.random.choice(MODES)
    payment = Payment(min(amount, owed), mode, _reference(stage, mode))
    key = str(uuid.UUID(int=stage.random.getrandbits(128)))
    take(participant, payment, key=key, by=by, on=on, now=clock.now())


def _reference(stage: Stage, mode: Mode) -> str:
    """Return the number of a check, or what a card terminal prints; never a card's own number."""
    if mode is Mode.CASH:
        return ""
    if mode is Mode.CARD:
        return f"A{stage.random.randint(10**7, 10**8 - 1)}"
    return str(stage.random.randint(1000, 9999))


def plan_deposits(stage: Stage, *, by: Staff, second: Staff, clerk: Staff) -> None:
    """Deposit what lies in the drawer each Thursday, but for the last week's.

    Once, in a small office, it is the cashier who does.
    """
    day = stage.first_day + timedelta(days=(3 - stage.first_day.weekday()) % 7)
    weeks = 0
    while day < stage.today - timedelta(days=6):
        signer = second if weeks >= SHORT_FROM else None
        who = clerk if day == bank_day(stage) else by
        stage.add(day, time(15), partial(_deposit, stage, who, day, signer))
        day, weeks = day + timedelta(weeks=1), weeks + 1


def _deposit(stage: Stage, by: Staff, on: date, signer: Staff | None) -> None:
    """Make a deposit; where somebody is there to sign, the cash is a dollar short."""
    waiting = [each for each in undeposited() if each.mode is not Mode.CARD]
    if not waiting:
        return
    numbers = [each.number for each in waiting]
    cash = sum(each.amount.cents for each in waiting if each.mode is Mode.CASH)
    key, now = str(uuid.UUID(int=stage.random.getrandbits(128))), stage.instant(on, time(15))
    if signer is None or not cash or db.session.scalar(select(DepositDraft.id)):
        prepare(numbers, {100: cash // 100}, key=key, by=by, on=on, now=now)
        return
    count = {100: cash // 100 - 1}
    draft = draw(numbers, count, WhyDifferent.CHANGE, key=key, by=by, on=on, now=now)
    request = waiting_about(Matter.OVER_SHORT, draft.handle)
    if request is not None:
        decide(request, Decision.APPROVED, seen=request.hash16, by=signer, limit=ZERO, now=now)
        carry_out(draft, approved_by=signer.id, now=now)
