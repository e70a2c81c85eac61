"""A statement of another account leaves before anything is posted on it; older months stay told."""

from datetime import date

import pytest
from flask import Flask
from openpyxl import Workbook
from sqlalchemy import delete
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from diversion.core.database import db, transaction
from diversion.core.money import ZERO, Money
from diversion.core.workbooks.sheets import new_book
from diversion.fund.exports import standings
from diversion.fund.reconciliation import figures, keeping, leaving, queries, services
from diversion.fund.reconciliation.models import (
    BankLine,
    BankStatement,
    BankStatementBack,
    Meaning,
    WhyBack,
)
from diversion.fund.reconciliation.month_end import MonthEnd, at_end
from diversion.fund.reconciliation.services import Choice
from diversion.fund.reconciliation.statement import Line, made
from diversion.ledger import queries as ledger
from diversion.ledger.commands import Line as Posting
from diversion.ledger.events import Event
from diversion.ledger.extracts import Range
from diversion.staff.models import Staff
from tests.conftest import NOW
from tests.factories import months
from tests.factories.months import TODAY
from tests.fees import desks as at_desks

OCT, NOV = date(2026, 10, 30), date(2026, 11, 4)
OCTOBER = (date(2026, 10, 1), date(2026, 10, 31))


@pytest.fixture
def by(session: Session) -> Staff:
    return months.two_people()[0]


def bring(by: Staff, *lines: Line, file: bytes = b"x") -> tuple[BankStatement, list[BankLine]]:
    statement, _new = keeping.bring(made(file, lines, today=TODAY), by=by, now=NOW)
    return statement, queries.lines_of(statement.id)


def agree(by: Staff, *rows: BankLine) -> None:
    found = services.proposals(rows)
    for row in rows:
        proposal = found[row.id]
        assert proposal.meaning is not None
        choice = Choice(row, proposal.meaning, proposal.items)
        services.say([choice], by=by, on=TODAY, now=NOW)


def take_back(statement: BankStatement, by: Staff) -> None:
    leaving.take_back(statement, WhyBack.OTHER_ACCOUNT, by=by, now=NOW)


def test_a_statement_leaves_with_its_matches_and_its_lines_count_no_more(by: Staff) -> None:
    months.interest(5_000, on=OCT)
    line = Line(OCT, "INTEREST", Money(5_000), balance=Money(5_000))
    wrong, rows = bring(by, line, file=b"wrong")
    agree(by, *rows)
    take_back(wrong, by)
    assert (figures.figures(), queries.standings()) == (None, {})
    with pytest.raises(services.TakenBack):
        services.say([Choice(rows[0], Meaning.INTEREST)], by=by, on=TODAY, now=NOW)
    with pytest.raises(leaving.BackAlready):
        take_back(wrong, by)
    right, lines = bring(by, line, file=b"right")
    agree(by, *lines)
    found = figures.figures()
    assert found is not None
    assert found.unexplained == ZERO
    assert [back for _s, _n, back in queries.statements()] == [None, WhyBack.OTHER_ACCOUNT]
    assert right.turn == 1


def test_the_same_file_comes_again_only_after_it_was_taken_back(by: Staff) -> None:
    line = Line(OCT, "INTEREST", Money(5_000), balance=Money(5_000))
    first, _rows = bring(by, line)
    assert bring(by, line)[0] is first
    take_back(first, by)
    again, rows = bring(by, line)
    assert (again.turn, len(rows)) == (2, 1)
    assert bring(by, line)[0] is again


def test_what_was_posted_keeps_its_statement(by: Staff) -> None:
    statement, rows = bring(by, Line(OCT, "INTEREST", Money(5_000), balance=Money(5_000)))
    agree(by, *rows)
    with pytest.raises(leaving.BuiltUpon, match="1 lines were posted and 0 wait"):
        take_back(statement, by)
    assert queries.back_of(statement.id) is None


def test_what_waits_for_a_second_person_keeps_its_statement(by: Staff) -> None:
    statement, rows = bring(by, Line(OCT, "TRANSFER", Money(5_000), balance=Money(5_000)))
    services.say([Choice(rows[0], Meaning.TRANSFER_IN)], by=by, on=TODAY, now=NOW)
    with pytest.raises(leaving.BuiltUpon, match="0 lines were posted and 1 wait"):
        take_back(statement, by)


def test_nobody_unsays_that_a_statement_was_taken_back(by: Staff) -> None:
    statement, _rows = bring(by, Line(OCT, "INTEREST", Money(5)))
    take_back(statement, by)
    with pytest.raises(DBAPIError, match="append-only"):
        db.session.execute(delete(BankStatementBack))


def ended(up_to: int | None = None) -> MonthEnd:
    found = at_end(Range(*OCTOBER, up_to or ledger.head().number))
    assert found is not None
    return found


def test_an_older_month_is_told_as_it_ended_though_the_bank_went_on(by: Staff) -> None:
    months.interest(5_000, on=OCT)
    months.post(Event.BANK_CHARGE, Posting(5040, 700), Posting(1020, -700), on=OCT)
    one = Line(OCT, "INTEREST", Money(5_000), balance=Money(5_000))
    two = Line(OCT, "DEPOSIT OF NOBODY", Money(300), balance=Money(5_300))
    _october, rows = bring(by, one, two, file=b"october")
    agree(by, rows[0])
    late = Line(NOV, "SERVICE CHARGE", Money(-700), balance=Money(4_600))
    _november, later = bring(by, late, file=b"november")
    agree(by, *later)
    stray, _rows = bring(by, Line(OCT, "DEPOSIT OF OTHERS", Money(9_900)), file=b"stray")
    take_back(stray, by)
    found = ended()
    assert (found.on, found.bank, found.books) == (OCT, Money(5_300), Money(4_300))
    assert (found.lines, found.unseen, found.later, found.gap) == (
        Money(300), Money(-700), ZERO, ZERO,
    )  # fmt: skip
    services.say([Choice(rows[1], Meaning.DONATION)], by=by, on=TODAY, now=NOW)
    assert ended().lines == ZERO
    assert ended(2).lines == Money(300)
    newest = at_end(Range(date(2026, 11, 1), TODAY, ledger.head().number))
    now = figures.figures()
    assert newest is not None
    assert now is not None
    assert (newest.books, newest.unseen, newest.gap) == (now.books, now.outstanding, now.gap)


def test_the_sheet_ends_in_nothing_and_names_what_is_open(by: Staff) -> None:
    months.interest(700, on=OCT)
    bring(by, Line(OCT, "DEPOSIT OF NOBODY", Money(300), balance=Money(300)))
    with new_book() as book:
        assert isinstance(book, Workbook)
        standings.bank(book, Range(*OCTOBER, ledger.head().number), "")
        words = [row[0] for row in standings._figures(ended())]
    assert words[-1] == "Difference"
    assert standings._figures(ended())[-1][1] == ZERO


def test_the_page_takes_a_statement_back_once_and_says_why(app: Flask) -> None:
    at = at_desks.desks(app)
    with app.app_context(), transaction():
        by = months.two_people()[0]
        handle = bring(by, Line(OCT, "INTEREST", Money(5)))[0].handle
    where = f"/fund/bank/statements/{handle}/taken-back"
    assert at.clerk.get(where).status_code == 404
    assert at.manager.post(where, data={}).status_code == 422
    given = {"reason": WhyBack.WRONG_FILE.value}
    assert at.manager.post(where, data=given).status_code == 303
    assert at.other.post(where, data=given).status_code == 409
    assert "It was the wrong file" in at_desks.text(at.auditor, f"/fund/bank/statements/{handle}")
    assert "Taken back" in at_desks.text(at.auditor, "/fund/bank")
