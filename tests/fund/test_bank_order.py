"""Prove that bank and books stay explained whatever is done in the wrong order."""

from datetime import date

import pytest
from sqlalchemy.orm import Session

from diversion.core.database import db
from diversion.core.money import ZERO, Money
from diversion.fees import verify
from diversion.fees.unplaced.models import UnplacedKind
from diversion.fees.unplaced.services import Handed, take
from diversion.fund import verify as proof
from diversion.fund.corrections import rules as corrections
from diversion.fund.corrections.services import turn_back
from diversion.fund.reconciliation import breaks, carrying, figures, keeping, queries, services
from diversion.fund.reconciliation.models import BankLine, Meaning
from diversion.fund.reconciliation.services import Choice
from diversion.fund.reconciliation.statement import Line, check_in, made
from diversion.ledger import periods
from diversion.ledger import queries as ledger
from diversion.ledger.commands import OWN_RECEIPT, Mode, PeriodState, Tender, credit, debit
from diversion.ledger.events import Event
from diversion.ledger.models import Entry
from diversion.staff.approvals import services as approvals
from diversion.staff.models import Staff
from diversion.staff.permissions import Role
from tests.conftest import NOW
from tests.factories import months
from tests.factories.cash import bring_to_bank
from tests.factories.months import OCTOBER, TODAY
from tests.factories.staff import make_staff
from tests.fund.test_corrections import post

WHY = "The bank's line was something else"


@pytest.fixture
def people(session: Session) -> tuple[Staff, Staff]:
    return months.two_people()


def bring(by: Staff, *lines: Line) -> list[BankLine]:
    statement, _new = keeping.bring(made(b"x", lines, today=TODAY), by=by, now=NOW)
    return queries.lines_of(statement.id)


def charged(people: tuple[Staff, Staff]) -> BankLine:
    """Bring a charge of October, after interest that is in the books, and match both."""
    entry = months.interest(5_000, on=OCTOBER).number
    first = Line(OCTOBER, "INTEREST", Money(5_000), balance=Money(5_000))
    last = Line(OCTOBER, "SERVICE CHARGE", Money(-1_200), balance=Money(3_800))
    rows = bring(people[0], first, last)
    found = services.proposals(rows)
    assert [item.key for item in found[rows[0].id].items] == [entry]
    for row in rows:
        proposal = found[row.id]
        assert proposal.meaning is not None
        services.say([Choice(row, proposal.meaning, proposal.items)], by=people[0], on=TODAY,
                     now=NOW)  # fmt: skip
    assert unexplained() == ZERO
    return rows[1]


def unexplained() -> Money:
    found = figures.figures()
    assert found is not None
    return found.unexplained


def take_back(line: BankLine, people: tuple[Staff, Staff]) -> None:
    said = services.unmatch(line, by=people[0], on=TODAY, now=NOW)
    carrying.carry_out(said.paper, approved_by=people[1].id, on=TODAY, now=NOW)


def close(number: int, people: tuple[Staff, Staff]) -> None:
    one, other = (staff.id for staff in people)
    for state in (PeriodState.CLOSING, PeriodState.CLOSED):
        periods.move(number, state, by=one, approved_by=other, reason="over", now=NOW)


def test_a_match_taken_back_after_its_month_closed_is_made_anew_today(
    people: tuple[Staff, Staff],
) -> None:
    line = charged(people)
    close(202610, people)
    take_back(line, people)
    assert unexplained() == Money(1_200)
    services.say([Choice(line, Meaning.CHARGE)], by=people[0], on=TODAY, now=NOW)
    entries = queries.standings([line.id])[line.id].entries
    assert [db.session.get_one(Entry, e.entry).effective_on
            for e in entries] == [TODAY]  # fmt: skip
    assert unexplained() == ZERO
    assert ledger.balance(1020) == Money(3_800)


def test_what_is_on_a_statement_is_taken_off_it_before_it_is_reversed(
    people: tuple[Staff, Staff],
) -> None:
    line = charged(people)
    entry = queries.standings([line.id])[line.id].entries[0].entry
    with pytest.raises(corrections.NotHere):
        turn_back(entry, WHY, by=people[0], on=TODAY, now=NOW)
    take_back(line, people)
    with pytest.raises(corrections.NotHere):
        turn_back(entry + 1, WHY, by=people[0], on=TODAY, now=NOW)


def test_a_reversal_of_what_a_statement_shows_is_missed_on_it(
    people: tuple[Staff, Staff],
) -> None:
    line = charged(people)
    entry = queries.standings([line.id])[line.id].entries[0].entry
    months.back(entry)
    told = [str(each.sentence) for each in breaks.breaks(figures.figures(), TODAY)]
    assert [words for words in told if "on no statement" in words] != []


def test_a_match_is_asked_back_once(people: tuple[Staff, Staff]) -> None:
    line = charged(people)
    services.unmatch(line, by=people[0], on=TODAY, now=NOW)
    with pytest.raises(approvals.Asked):
        services.unmatch(line, by=people[1], on=date(2026, 11, 22), now=NOW)


@pytest.mark.parametrize("until", [OCTOBER, date(2026, 5, 31)], ids=["closed", "never opened"])
def test_old_receipts_of_a_month_that_takes_nothing_are_at_the_bank_today(
    people: tuple[Staff, Staff], until: date
) -> None:
    charged(people)
    take_old(5_000)
    close(202610, people)
    before = figures.figures()
    paper = services.ask_before(until, by=people[0], now=NOW)
    carrying.carry_out(paper, approved_by=people[1].id, on=TODAY, now=NOW)
    after = figures.figures()
    assert before is not None
    assert after is not None
    assert ledger.balance(1010) == ZERO
    assert after.gap == before.gap - Money(5_000)


def test_who_said_wrongly_that_old_receipts_are_at_the_bank_takes_it_back(
    people: tuple[Staff, Staff],
) -> None:
    charged(people)
    take_old(5_000)
    paper = services.ask_before(OCTOBER, by=people[0], now=NOW)
    carrying.carry_out(paper, approved_by=people[1].id, on=TODAY, now=NOW)
    assert unexplained() == Money(5_000)
    back = post(turn_back(ledger.head().number, WHY, by=people[0], on=TODAY, now=NOW), people[1])
    assert (unexplained(), ledger.balance(1010)) == (ZERO, Money(5_000))
    with pytest.raises(corrections.NotHere):
        turn_back(back, WHY, by=people[0], on=TODAY, now=NOW)
    assert proof.findings() == []


def take_old(cents: int) -> None:
    """Keep a receipt as an old file has it."""
    amount = Money(cents)
    tender = Tender("H-", Mode.CHECK, amount, "7", imported=True)
    months.post(Event.IMPORTED_RECEIPT, debit(1010, amount, OWN_RECEIPT), credit(2100, amount, 1),
                on=date(2026, 5, 1), tender=tender)  # fmt: skip


@pytest.mark.parametrize("kind", UnplacedKind)
def test_a_returned_check_without_an_account_finds_its_receipt(
    people: tuple[Staff, Staff], kind: UnplacedKind
) -> None:
    given = Handed(kind, Money(9_000), Mode.CHECK, "0088")
    clerk = make_staff(Role.FINANCE_CLERK, name="Lena Ortiz")
    receipt = take(given, key="u-1", by=clerk, on=TODAY, now=NOW).made
    bring_to_bank(receipt)  # type: ignore[arg-type]
    words = "RETURNED ITEM CK 88 NSF"
    rows = bring(
        people[0],
        Line(TODAY, "DEPOSIT", Money(9_000), balance=Money(9_000)),
        Line(TODAY, words, Money(-9_000), balance=ZERO, check_number=check_in(words)),
    )
    found = services.proposals(rows)
    back = found[rows[1].id]
    assert (back.meaning, [x.key for x in back.items]) == (Meaning.RETURNED, [receipt.id])
    choices = [Choice(row, found[row.id].meaning, found[row.id].items) for row in rows]
    said = services.say(choices, by=people[0], on=TODAY, now=NOW)
    carrying.carry_out(said.paper, approved_by=people[1].id, on=TODAY, now=NOW)
    assert {ledger.balance(code) for code in (1010, 1020, 2400, 4300)} == {ZERO}
    assert (unexplained(), verify.findings()) == (ZERO, [])
