"""Let the fictional county be a small office for a week: its cashier goes to the bank."""

from datetime import date, time, timedelta

from diversion.cli.rehearsal.stage import Stage
from diversion.core import clock
from diversion.fund.office.services import switch
from diversion.fund.weekly import services as weekly
from diversion.fund.weekly.rules import WEEK, monday_of
from diversion.staff.models import Staff

MORNING, EVENING = time(8), time(17)


def bank_day(stage: Stage) -> date:
    """Return the Thursday on which the cashier brings the money to the bank."""
    return monday_of(stage.today) - 2 * WEEK + timedelta(days=3)


def plan_small_office(stage: Stage, *, by: Staff, second: Staff) -> None:
    """Put it on the stage: on for a week while somebody is away, and signed when it is over."""
    monday = monday_of(bank_day(stage))
    friday, after = monday + timedelta(days=4), monday + WEEK
    stage.add(monday, MORNING, lambda: _switch("Board order 26-130", monday, by, wanted=True))
    stage.add(friday, EVENING, lambda: _switch("Everybody is back", friday, by, wanted=False))
    stage.add(after, MORNING, lambda: _sign(monday, after, second))


def _switch(why: str, on: date, by: Staff, *, wanted: bool) -> None:
    switch(why, wanted=wanted, by=by, on=on, now=clock.now())


def _sign(monday: date, on: date, by: Staff) -> None:
    """Sign the week, if the county has posted anything by then."""
    if not weekly.week(monday).is_signed:
        weekly.sign(monday, by=by, on=on, now=clock.now())
