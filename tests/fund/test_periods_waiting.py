"""Prove that what waits for a second person keeps its month open."""

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from diversion.core.money import Money
from diversion.fund.deposits import drafts
from diversion.fund.deposits.models import WhyDifferent
from diversion.fund.periods import checks
from diversion.fund.periods.models import Check
from diversion.fund.periods.outcome import Outcome
from diversion.fund.reconciliation import keeping, queries, services
from diversion.fund.reconciliation.models import Meaning
from diversion.fund.reconciliation.services import Choice
from diversion.fund.reconciliation.statement import Line, made
from diversion.staff.approvals.models import Decision, Matter
from diversion.staff.approvals.queries import latest_about
from diversion.staff.approvals.services import decide
from diversion.staff.models import Staff
from tests.factories import fund, months
from tests.factories.months import NOW, OCTOBER, TODAY, asked


@pytest.fixture
def people(session: Session) -> tuple[Staff, Staff]:
    return months.two_people()


def found() -> Outcome:
    return next(each for each in checks.run(asked()) if each.check is Check.WAITING)


def transfer(by: Staff, on: date) -> str:
    """Ask for a transfer that a statement shows; return its paper."""
    line = Line(on, f"TRANSFER {on}", Money(5_000))
    statement, _new = keeping.bring(made(str(on).encode(), [line], today=TODAY), by=by, now=NOW)
    row = queries.lines_of(statement.id)[0]
    said = services.say([Choice(row, Meaning.TRANSFER_IN)], by=by, on=TODAY, now=NOW)
    return said.paper.handle


def test_a_line_of_the_bank_that_waits_keeps_its_month_open(people: tuple[Staff, Staff]) -> None:
    months.charge()
    transfer(people[0], OCTOBER + timedelta(days=31))
    assert (found().found, found().is_done) == (0, True)
    paper = transfer(people[0], OCTOBER)
    assert (found().found, found().endpoint) == (1, "fund.bank.start")
    request = latest_about(Matter.BANK, paper)
    assert request is not None
    decide(request, Decision.REFUSED, seen=request.hash16, by=people[1], limit=Money(0), now=NOW)
    assert found().found == 0


def test_cash_over_that_waits_keeps_its_month_open(people: tuple[Staff, Staff]) -> None:
    number = fund.take(50, by=9_000_900, on=OCTOBER).receipt_number
    assert number is not None
    drafts.draw([number], {1: 5_100}, WhyDifferent.MISCOUNT, key="k", by=people[0], on=OCTOBER,
                now=NOW)  # fmt: skip
    assert (found().found, found().endpoint) == (1, "fund.deposits.new")
