"""Let the office of the fictional county close its months, and correct what was wrong."""

import hashlib
from datetime import date, time, timedelta
from functools import partial

from flask import current_app

from diversion.cli.rehearsal.stage import Stage
from diversion.core import clock
from diversion.core.errors import DomainError, NotYours
from diversion.core.money import ZERO, Money
from diversion.fund.corrections import services as corrections
from diversion.fund.corrections.models import Correction, CorrectionKind
from diversion.fund.corrections.services import MATTERS, Wish
from diversion.fund.periods import reopening
from diversion.fund.periods import services as months
from diversion.fund.periods.outcome import Asked
from diversion.ledger import periods
from diversion.ledger.commands import credit, debit
from diversion.ledger.periods import Month
from diversion.staff.approvals.models import Decision, Matter
from diversion.staff.approvals.queries import latest_about
from diversion.staff.approvals.services import decide
from diversion.staff.models import Staff

MORNING, NOON = time(10), time(12)
CLOSED_ON, AGAIN_ON = 12, 13
Two = tuple[Staff, Staff]


def plan_books(stage: Stage, people: Two) -> None:
    """Close each month on the twelfth of the next, but for the newest, which waits."""
    first = stage.first_day.replace(day=1)
    newest = stage.today.replace(day=1)
    days: list[date] = []
    while (following := (first + timedelta(days=32)).replace(day=1)) < newest:
        on = following.replace(day=CLOSED_ON)
        number = first.year * 100 + first.month
        if on < newest:
            stage.add(on, MORNING, partial(_close, people, number, on))
            days.append(on)
        first = following
    if days:
        on = days[-1].replace(day=AGAIN_ON)
        stage.add(on, MORNING, partial(_open_again, people, _before(on)))
        stage.add(on, NOON, partial(_close, people, _before(on), on))
        stage.add(on, NOON, partial(_adjust, people, on))
    stage.add(stage.today, time(0, 2), partial(_ask, people[0], stage.today))


def _before(on: date) -> int:
    last = on.replace(day=1) - timedelta(days=1)
    return last.year * 100 + last.month


def _close(people: Two, number: int, on: date) -> None:
    """Review and close a month; one that is not in order stays open, as in any office."""
    by, second = people
    try:
        asked = Asked(periods.month(number), on, _starts())
        if asked.ends_the_year:
            _end_year(people, asked.month)
        asked = Asked(periods.month(number), on, _starts())
        months.sign(asked, by=second, now=clock.now())
        months.close(asked, by=by, now=clock.now())
    except (DomainError, NotYours):
        return


def _starts() -> int:
    return int(current_app.config["FISCAL_YEAR_STARTS"])


def _end_year(people: Two, month: Month) -> None:
    paper = corrections.close_year(month.last, lapses=True, by=people[0], now=clock.now())
    _approve(paper, people[1])


def _open_again(people: Two, number: int) -> None:
    """Open the newest closed month: the bank sent a corrected page."""
    try:
        month = periods.month(number)
        why = "The treasurer sent a corrected page of the statement."
        paper = reopening.ask(month, why, by=people[0], now=clock.now())
    except (DomainError, NotYours):
        return
    _decide(Matter.REOPENING, paper.handle, people[1])
    reopening.reopen(paper, now=clock.now())


def _adjust(people: Two, on: date) -> None:
    """Move a dollar of interest that was booked as a gift."""
    _approve(_ask(people[0], on), people[1])


def _ask(by: Staff, on: date) -> Correction:
    amount = Money(100)
    lines = (debit(4300, amount), credit(4200, amount))
    letter = hashlib.sha256(f"letter of {on}".encode()).hexdigest()
    why = "Interest of one dollar was booked as a gift."
    wish = Wish(CorrectionKind.ADJUST, on, why, lines, letter)
    return corrections.adjust(wish, by=by, today=on, now=clock.now())


def _approve(paper: Correction, by: Staff) -> None:
    _decide(MATTERS[paper.kind], paper.number, by)
    corrections.carry_out(paper, lapses=True, now=clock.now())


def _decide(matter: Matter, subject: str, by: Staff) -> None:
    request = latest_about(matter, subject)
    if request is not None:
        seen = request.hash16
        decide(request, Decision.APPROVED, seen=seen, by=by, limit=ZERO, now=clock.now())
