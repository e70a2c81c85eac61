"""Let the fictional county keep change in a drawer, and ask for some in a second one."""

import hashlib
from datetime import date, time, timedelta

from diversion.cli.rehearsal.stage import Stage
from diversion.core import clock
from diversion.core.money import ZERO, Money
from diversion.fund.change_fund import services
from diversion.fund.change_fund.services import Change
from diversion.fund.chart.models import Use
from diversion.fund.chart.services import switch
from diversion.fund.corrections import services as corrections
from diversion.fund.corrections.models import Correction
from diversion.staff.approvals.models import Decision, Matter
from diversion.staff.approvals.queries import latest_about
from diversion.staff.approvals.services import decide
from diversion.staff.models import Staff

FRONT = "Front counter"
CHANGE = Money(5_000)
DECISION = hashlib.sha256(b"order 26-121").hexdigest()
MORNING = time(8)


def plan_change(stage: Stage, *, by: Staff, second: Staff) -> None:
    """Put it on the stage: established three days ago, more of it asked for today."""
    day = stage.today - timedelta(days=3)
    stage.add(day, MORNING, lambda: _establish(by, second, day))
    stage.add(stage.today, time(0, 6), lambda: _ask("Window two", by, stage.today))


def _establish(by: Staff, second: Staff, on: date) -> None:
    now = clock.now()
    switch(Use.CHANGE_FUND, "Board order 26-121", wanted=True, by=second, on=on, now=now)
    paper = _ask(FRONT, by, on)
    request = latest_about(Matter.ADJUSTMENT, paper.number)
    if request is not None:
        seen = request.hash16
        decide(request, Decision.APPROVED, seen=seen, by=second, limit=ZERO, now=now)
    corrections.carry_out(paper, lapses=True, now=now)


def _ask(name: str, by: Staff, on: date) -> Correction:
    why = "Cash payers need change at the counter."
    return services.ask(Change(CHANGE, why, DECISION, name=name), by=by, on=on, now=clock.now())
