"""A month of the bank over a tracking workbook: what is matched, taken back, and left open."""

from collections.abc import Callable, Generator
from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from diversion.core.database import db
from diversion.core.money import ZERO, Money
from diversion.core.workbooks import reading as workbooks
from diversion.enrollments.terms.services import set_up
from diversion.fees import queries as fees
from diversion.fees import verify as fees_verify
from diversion.fund import verify
from diversion.fund.reconciliation import (
    breaks,
    carrying,
    figures,
    keeping,
    papers,
    queries,
    services,
    tables,
)
from diversion.fund.reconciliation.figures import Figures
from diversion.fund.reconciliation.models import BankLine, Meaning
from diversion.fund.reconciliation.services import Choice
from diversion.ledger import queries as ledger
from diversion.ledger import services as books
from diversion.ledger.commands import Command, credit, debit
from diversion.ledger.events import Event
from diversion.ledger.refusals import LedgerRefused
from diversion.participants.models import Participant
from diversion.sbad.imports import services as imports
from diversion.staff.models import Staff
from diversion.staff.permissions import Role
from tests.conftest import rolled_back
from tests.core.hostile import workbook
from tests.factories.sbad import coordinator
from tests.factories.staff import make_staff
from tests.sbad.test_imports_reading import HEADER, TODAY

NOW = datetime(2026, 11, 21, 18, tzinfo=UTC)


@pytest.fixture
def helen(session: Session) -> Staff:
    return make_staff(Role.FINANCE_APPROVER, name="Helen Park")


@pytest.fixture
def omar(session: Session) -> Staff:
    return make_staff(Role.FINANCE_APPROVER, name="Omar Reyes")


def workbook_of(content: bytes) -> None:
    """Take a tracking workbook over."""
    rosa = coordinator()
    set_up(sbad_fee=Money(50_000), in_force_on=date(2026, 1, 1), by=rosa)
    imports.take_over(content, workbooks.read(content), by=rosa, today=TODAY, now=NOW)


def reconcile(content: bytes, by: Staff, second: Staff) -> list[Meaning | None]:
    """Bring a statement and confirm all that is proposed; return what each line is taken for."""
    statement, is_new = keeping.bring(tables.read(content, today=TODAY), by=by, now=NOW)
    assert is_new
    lines = queries.lines_of(statement.id)
    found = services.proposals(lines)
    choices = [Choice(n, p.meaning, p.items) for n in lines if (p := found[n.id]).meaning]
    said = services.say(choices, by=by, on=TODAY, now=NOW)
    assert not said.is_posted
    assert ledger.balance(1020) == ZERO
    carrying.carry_out(said.paper, approved_by=second.id, on=TODAY, now=NOW)
    return [found[line.id].meaning for line in lines]


def figures_now() -> Figures:
    found = figures.figures()
    assert found is not None
    return found


D, R, C = Meaning.DEPOSIT, Meaning.RETURNED, Meaning.CHARGE


HALE = ["Hale, Juniper", "4/2/1990", "26CR1", "1/5/26", "503-555-0100", "ENG", "4/6/2026", "Y",
        500, 350, "pd 6/10/26 $150 ck 3847; pd 6/12/26 $200 cash"]  # fmt: skip
WREN = ["Wren, Ada", "5/2/1991", "26CR2", "2/1/26", "503-555-0101", "SPA", "4/6/2026", "N", 750,
        300, "pd 5/1/26 $100 cash; pd 6/10/26 $200 MO 77"]  # fmt: skip
JUNE = b"""Date,Description,Debit,Credit,Balance
06/11/2026,DEPOSIT 2 ITEMS,,350.00,350.00
06/15/2026,DEPOSIT,,200.00,550.00
06/22/2026,RETURNED ITEM CK 3847 NSF,150.00,,400.00
06/23/2026,UNKNOWN CREDIT,,33.00,433.00
06/30/2026,SERVICE CHARGE,12.00,,421.00
"""


def reconciled() -> None:
    """Live until June is confirmed: once, in a database of its own."""
    helen, omar = (
        make_staff(Role.FINANCE_APPROVER, name=name) for name in ("Helen Park", "Omar Reyes")
    )
    workbook_of(workbook(HEADER, HALE, WREN))
    assert reconcile(JUNE, helen, omar) == [D, D, R, None, C]


@dataclass(frozen=True)
class June:
    """Who confirmed it together."""

    helen: Staff
    omar: Staff


@pytest.fixture
def after_june(engine_name: str, lasting: Callable[..., Flask]) -> Generator[June]:
    with rolled_back(lasting(engine_name, reconciled)) as session:
        named = select(Staff).where(Staff.name.in_(("Helen Park", "Omar Reyes")))
        yield June(*session.scalars(named.order_by(Staff.name)))


@pytest.mark.usefixtures("after_june")
def test_a_month_reconciles_but_for_what_is_truly_unexplained() -> None:
    found = figures_now()
    assert (found.gap, found.outstanding) == (ZERO, ZERO)
    assert found.unexplained == Money(3_300)
    assert found.by_age(TODAY) == (ZERO, ZERO, ZERO, Money(3_300))
    assert [str(b.sentence) for b in breaks.breaks(found, TODAY)] == [
        "One receipt from before these books is in no deposit.",
        "The bank's line “UNKNOWN CREDIT” is explained by nothing.",
    ]
    assert [*fees_verify.findings(), *verify.findings()] == []


@pytest.mark.usefixtures("after_june")
def test_the_returned_check_is_owed_again() -> None:
    hale = sum(x.cents for x in fees.owed_by(_people()).values())
    assert hale == 50_000 + 75_000 - 35_000 - 30_000 + 15_000
    assert ledger.balance(1020) == Money(38_800)


def _people() -> list[int]:
    return list(db.session.scalars(select(Participant.id)))


def test_older_receipts_are_said_to_be_at_the_bank_by_two_people(after_june: June) -> None:
    before = figures_now()
    paper = services.ask_before(date(2026, 5, 31), by=after_june.helen, now=NOW)
    with pytest.raises(LedgerRefused):
        carrying.carry_out(paper, approved_by=after_june.helen.id, on=TODAY, now=NOW)
    carrying.carry_out(paper, approved_by=after_june.omar.id, on=TODAY, now=NOW)
    assert ledger.balance(1010) == ZERO
    after = figures_now()
    assert after.gap == before.gap - Money(10_000)
    with pytest.raises(papers.NothingBefore):
        services.ask_before(date(2026, 5, 31), by=after_june.helen, now=NOW)


def test_a_match_taken_back_puts_its_receipts_back(after_june: June) -> None:
    line = next(x for x in all_lines() if x.words == "DEPOSIT")
    said = services.unmatch(line, by=after_june.helen, on=TODAY, now=NOW)
    assert not said.is_posted
    carrying.carry_out(said.paper, approved_by=after_june.omar.id, on=TODAY, now=NOW)
    assert ledger.balance(1010) == Money(30_000)
    assert figures_now().unexplained == Money(23_300)
    proposal = services.proposals([line])[line.id]
    assert proposal.meaning is D
    with pytest.raises(papers.NotMatched):
        services.unmatch(line, by=after_june.helen, on=TODAY, now=NOW)


def test_a_returned_check_is_not_taken_back_here(after_june: June) -> None:
    line = next(x for x in all_lines() if x.words.startswith("RETURNED"))
    with pytest.raises(papers.NotUndone):
        services.unmatch(line, by=after_june.helen, on=TODAY, now=NOW)


def all_lines() -> list[BankLine]:
    return list(db.session.scalars(select(BankLine)))


def test_a_line_that_waits_is_neither_matched_again_nor_offered(
    session: Session, helen: Staff, omar: Staff
) -> None:
    workbook_of(workbook(HEADER, HALE, WREN))
    statement, _new = keeping.bring(tables.read(JUNE, today=TODAY), by=helen, now=NOW)
    lines = queries.lines_of(statement.id)
    found = services.proposals(lines)
    first = Choice(lines[0], D, found[lines[0].id].items)
    services.say([first], by=helen, on=TODAY, now=NOW)
    with pytest.raises(services.NotOpen):
        services.say([first], by=omar, on=TODAY, now=NOW)
    taken = set(first.items)
    offered = [p for p in services.proposals(lines).values() if p.meaning is D]
    assert offered
    assert all(not taken & set(p.items) for p in offered)


def test_the_same_lines_in_another_file_are_known(session: Session, helen: Staff) -> None:
    first, _new = keeping.bring(tables.read(JUNE, today=TODAY), by=helen, now=NOW)
    again, is_new = keeping.bring(tables.read(JUNE, today=TODAY), by=helen, now=NOW)
    assert (again.id, is_new) == (first.id, False)
    with pytest.raises(keeping.NothingNew):
        keeping.bring(tables.read(JUNE.replace(b"\n", b"\r\n"), today=TODAY), by=helen, now=NOW)
    longer = JUNE + b"07/01/2026,INTEREST,,1.00,422.00\n"
    more, _new = keeping.bring(tables.read(longer, today=TODAY), by=helen, now=NOW)
    assert [line.words for line in queries.lines_of(more.id)] == ["INTEREST"]


def test_a_statement_that_is_missing_between_two_is_named(session: Session, helen: Staff) -> None:
    later = b"Date,Description,Debit,Credit,Balance\n08/03/2026,INTEREST,,1.00,500.00\n"
    for content in (JUNE, later):
        keeping.bring(tables.read(content, today=TODAY), by=helen, now=NOW)
    found = breaks.breaks(figures_now(), TODAY)
    (hole,) = [each for each in found if each.page == "statement"]
    assert str(hole.sentence) == "Between two statements lines are missing, before 08/03/2026."
    assert hole.amount == Money(49_900 - 42_100)


def test_an_entry_is_one_line_and_no_other(session: Session, helen: Staff) -> None:
    twice = b"Date,Description,Amount\n11/20/2026,GIFT,5.00\n11/20/2026,OTHER GIFT,5.00\n"
    statement, _new = keeping.bring(tables.read(twice, today=TODAY), by=helen, now=NOW)
    lines = [debit(1020, Money(500)), credit(4300, Money(500))]
    books.post(Command(Event.GRANT_IN, lines), key="gift", by=helen.id, on=TODAY, now=NOW)
    first, second = queries.lines_of(statement.id)
    found = services.proposals([first])[first.id]
    assert found.meaning is Meaning.CLEARED
    services.say([Choice(first, Meaning.CLEARED, found.items)], by=helen, on=TODAY, now=NOW)
    with pytest.raises(papers.Differs):
        services.say([Choice(second, Meaning.CLEARED, found.items)], by=helen, on=TODAY, now=NOW)
