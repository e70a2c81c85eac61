"""Leave two deposits of the fictional county waiting for a second person."""

import uuid
from datetime import time, timedelta
from functools import partial

from diversion.cli.rehearsal.stage import Stage
from diversion.core import clock
from diversion.core.money import Money
from diversion.fund.deposits import confirming, drafts
from diversion.fund.deposits import queries as deposits
from diversion.fund.deposits.models import WhyDifferent
from diversion.ledger.commands import Mode
from diversion.ledger.receipts import undeposited
from diversion.staff.models import Staff

LAST = time(0, 4)
A_DOLLAR = Money(100)


def plan_loose_ends(stage: Stage, *, by: Staff, second: Staff) -> None:
    """Put them last on the stage: a count that is over, and a bag the bank took differently."""
    stage.add(stage.today, LAST, partial(_count_over, stage, by))
    stage.add(stage.today, LAST, partial(_hear_other_amount, stage, second))


def _count_over(stage: Stage, by: Staff) -> None:
    """Count the oldest cash that lies in the drawer a dollar over."""
    cash = next((r for r in undeposited(imported=False) if r.mode is Mode.CASH), None)
    if cash is not None:
        count = {1: (cash.amount + A_DOLLAR).cents}
        key = str(uuid.UUID(int=stage.random.getrandbits(128)))
        drafts.draw(
            [cash.number], count, WhyDifferent.MISCOUNT, key=key, by=by, on=stage.today,
            now=clock.now(),
        )  # fmt: skip


def _hear_other_amount(stage: Stage, by: Staff) -> None:
    """Hear that the bank took a dollar less of the newest bag."""
    moving = deposits.on_their_way()
    if moving:
        deposit, amount = moving[-1]
        day = deposit.deposited_on + timedelta(days=1)
        told = confirming.Taken(day, amount - A_DOLLAR, "", WhyDifferent.BANK_ERROR)
        said = confirming.say(deposit, told, by=by, today=stage.today, now=clock.now())
        confirming.ask(said, by=by, now=clock.now())
