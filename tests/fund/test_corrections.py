"""What corrects the books is asked for, approved as it was shown, and posted once."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
from sqlalchemy import text, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from diversion.core.money import Money
from diversion.fund.corrections import proof, rules, services
from diversion.fund.corrections.models import Correction, CorrectionKind
from diversion.fund.corrections.services import MATTERS, Wish
from diversion.fund.periods import reopening
from diversion.fund.periods import services as months_services
from diversion.ledger import exceptions, journal, periods
from diversion.ledger import queries as ledger
from diversion.ledger.commands import Line, PeriodState, credit, debit
from diversion.ledger.events import Event
from diversion.ledger.proofs import Fault
from diversion.ledger.refusals import LedgerRefused
from diversion.staff.approvals import services as approvals
from diversion.staff.approvals.models import Decision
from diversion.staff.approvals.queries import latest_about
from diversion.staff.approvals.services import NotApproved
from diversion.staff.models import Staff
from tests.factories import fund, months
from tests.factories.months import NOW, TODAY

K = CorrectionKind
WHY = "Interest was booked as a donation"
PAPER = "A" * 64
LINES = (debit(4300, Money(700)), credit(4200, Money(700)))
JUNE = date(2026, 6, 30)


@pytest.fixture
def people(session: Session) -> tuple[Staff, Staff]:
    return months.two_people()


def adjust(by: Staff, lines: Sequence[Line] = LINES, *, on: date = TODAY, why: str = WHY,
           document: str = PAPER) -> Correction:  # fmt: skip
    wish = Wish(K.ADJUST, on, why, lines, document)
    return services.adjust(wish, by=by, today=TODAY, now=NOW)


def approve(paper: Correction, by: Staff) -> None:
    request = latest_about(MATTERS[paper.kind], paper.number)
    assert request is not None
    approvals.decide(
        request, Decision.APPROVED, seen=request.hash16, by=by, limit=Money(0), now=NOW
    )


def post(paper: Correction, by: Staff, *, lapses: bool = True) -> int:
    approve(paper, by)
    return services.carry_out(paper, lapses=lapses, now=NOW).number


def test_an_adjustment_is_posted_as_it_was_approved(people: tuple[Staff, Staff]) -> None:
    paper = adjust(people[0])
    entry = journal.entry(post(paper, people[1]))
    assert entry is not None
    assert (entry.event, entry.doc, entry.memo) == (Event.ADJUST, "J-2026-0001", WHY)
    assert (entry.actor, entry.approver) == (people[0].id, people[1].id)
    assert ledger.balance(4200) == Money(-700)
    assert proof.findings() == []


def test_nothing_is_posted_before_it_is_approved(people: tuple[Staff, Staff]) -> None:
    paper = adjust(people[0])
    with pytest.raises(NotApproved):
        services.carry_out(paper, lapses=True, now=NOW)
    assert ledger.head().number == 0


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        ((debit(4300, Money(7)), credit(4200, Money(8))), "unbalanced"),
        ((debit(1010, Money(7), 1), credit(4200, Money(7))), "not_for_this_event"),
        ((debit(5010, Money(7)), credit(4200, Money(7))), "sub_ledger_key"),
        ((debit(5040, Money(7)), credit(1020, Money(7))), "below_floor"),
        ((debit(5040, Money(7)), credit(9000, Money(7))), "unbalanced"),
        ((debit(5040, Money(7)),), "too_few_lines"),
    ],
)
def test_what_the_ledger_would_refuse_is_not_asked(
    people: tuple[Staff, Staff], lines: tuple[Line, ...], code: str
) -> None:
    with pytest.raises(LedgerRefused) as no:
        adjust(people[0], lines)
    assert no.value.code == code


def test_an_adjustment_says_why(people: tuple[Staff, Staff]) -> None:
    with pytest.raises(rules.TooShort):
        adjust(people[0], why="A mistake")


def test_the_database_wants_the_document(people: tuple[Staff, Staff], session: Session) -> None:
    with pytest.raises(DBAPIError), session.begin_nested():
        adjust(people[0], document="")


@pytest.mark.parametrize("day", [date(2026, 11, 20), date(2026, 11, 22), date(2026, 10, 15)])
def test_an_adjustment_carries_the_present_day(people: tuple[Staff, Staff], day: date) -> None:
    months.charge()
    with pytest.raises(rules.NotToday):
        adjust(people[0], on=day)


def test_a_month_that_closes_is_adjusted_on_its_own_days(people: tuple[Staff, Staff]) -> None:
    months.charge()
    months_services.begin(months.asked(), by=people[0], now=NOW)
    entry = journal.entry(post(adjust(people[0], on=date(2026, 10, 31)), people[1]))
    assert entry is not None
    assert entry.period == 202610


def test_papers_are_never_changed(people: tuple[Staff, Staff], session: Session) -> None:
    adjust(people[0])
    with pytest.raises(DBAPIError), session.begin_nested():
        session.execute(update(Correction).values(reason="Something else entirely"))


def test_an_entry_is_turned_back_today_and_once(people: tuple[Staff, Staff]) -> None:
    first = months.interest(2_500).number
    paper = services.turn_back(first, WHY, by=people[0], on=TODAY, now=NOW)
    entry = journal.entry(post(paper, people[1]))
    assert entry is not None
    assert (entry.reverses, entry.on, entry.period) == (first, TODAY, 202611)
    assert ledger.balance(1020) == Money(0)
    with pytest.raises(LedgerRefused):
        services.turn_back(first, WHY, by=people[0], on=TODAY, now=NOW)
    assert proof.findings() == []


def test_a_reversal_is_asked_for_once(people: tuple[Staff, Staff]) -> None:
    first = months.interest(2_500).number
    services.turn_back(first, WHY, by=people[0], on=TODAY, now=NOW)
    with pytest.raises(approvals.Asked):
        services.turn_back(first, WHY, by=people[1], on=TODAY, now=NOW)


def test_a_reversal_may_be_turned_back(people: tuple[Staff, Staff]) -> None:
    first = months.interest(2_500).number
    back = post(services.turn_back(first, WHY, by=people[0], on=TODAY, now=NOW), people[1])
    post(services.turn_back(back, WHY, by=people[1], on=TODAY, now=NOW), people[0])
    assert ledger.balance(1020) == Money(2_500)


def test_what_another_room_posted_is_undone_there(people: tuple[Staff, Staff]) -> None:
    receipt = fund.take(50, by=9_000_900)
    for number in (receipt.number, months.charge().number, 99):
        with pytest.raises(rules.NotHere):
            services.turn_back(number, WHY, by=people[0], on=TODAY, now=NOW)


def test_the_books_are_opened_once(people: tuple[Staff, Staff]) -> None:
    lines = (debit(1020, Money(90_000)), credit(3000, Money(90_000)))
    wish = Wish(K.OPENING, date(2026, 1, 1), "Balance of the old account book", lines)
    entry = journal.entry(post(services.open_books(wish, by=people[0], now=NOW), people[1]))
    assert entry is not None
    assert (entry.event, entry.period) == (Event.OPENING, 0)
    with pytest.raises(rules.OpenedAlready):
        services.open_books(wish, by=people[0], now=NOW)


def live_a_year() -> None:
    """Take in and spend under two earmarks until June, then go on in July."""
    day = date(2026, 6, 10)
    months.earmark(2, "Services")
    months.post(Event.INTEREST, debit(1020, Money(5_000)), credit(4200, Money(5_000)), on=day)
    months.post(Event.DONATION_DIRECT, debit(1020, Money(900), 0, 2),
                credit(4300, Money(900), 0, 2), on=day)  # fmt: skip
    months.post(Event.BANK_CHARGE, debit(5040, Money(300)), credit(1020, Money(300)), on=day)
    months.post(Event.BUDGET_ADOPT, debit(9000, Money(800)), credit(9010, Money(800), 1),
                approved_by=9_000_901, on=day)  # fmt: skip
    months.interest(40, on=date(2026, 7, 10))


def standing(code: int, earmark: int | None = None) -> Money:
    return ledger.balance(code, earmark=earmark)


def test_the_year_ends_in_the_fund_balance(people: tuple[Staff, Staff]) -> None:
    live_a_year()
    paper = services.close_year(JUNE, lapses=True, by=people[0], now=NOW)
    with pytest.raises(approvals.Asked):
        services.close_year(JUNE, lapses=True, by=people[1], now=NOW)
    post(paper, people[1])
    assert (standing(3000, 0), standing(3000, 2)) == (Money(-4_700), Money(-900))
    assert (standing(5040), standing(4300), standing(4200)) == (Money(0), Money(0), Money(-40))
    assert (standing(9000), standing(9010)) == (Money(0), Money(0))
    assert exceptions.year_end_on(JUNE)
    with pytest.raises(rules.ClosedAlready):
        services.close_year(JUNE, lapses=True, by=people[0], now=NOW)
    assert proof.findings() == []


def test_a_year_that_was_closed_wrongly_is_opened_and_closed_within_it(
    people: tuple[Staff, Staff],
) -> None:
    live_a_year()
    for _again in range(2):
        closed = post(services.close_year(JUNE, lapses=True, by=people[0], now=NOW), people[1])
        back = services.turn_back(closed, WHY, by=people[0], on=TODAY, now=NOW)
        assert back.effective_on == JUNE
        assert standing(4200) == Money(-40)
        turned = post(back, people[1])
        assert (standing(4200), standing(3000)) == (Money(-5_040), Money(0))
        assert not exceptions.year_end_on(JUNE)
    again = services.turn_back(turned, WHY, by=people[0], on=TODAY, now=NOW)
    assert again.effective_on == JUNE, "a reversal of a reversal as well"


def test_a_locked_year_is_not_taken_apart_from_outside(people: tuple[Staff, Staff]) -> None:
    months.charge(on=date(2026, 6, 5))
    months.post(Event.DONATION_DIRECT, debit(1020, Money(5)), credit(4300, Money(5)), on=JUNE)
    months.post(Event.BANK_CHARGE, debit(5040, Money(5)), credit(1020, Money(5)), on=JUNE)
    closed = post(services.close_year(JUNE, lapses=True, by=people[0], now=NOW), people[1])
    months.close_what_was_before(*people)
    months.close(202606, *people)
    with pytest.raises(rules.YearIsOver):
        services.turn_back(closed, WHY, by=people[0], on=TODAY, now=NOW)


def test_a_year_without_income_closes_without_an_entry(people: tuple[Staff, Staff]) -> None:
    months.charge(on=date(2026, 6, 5))
    with pytest.raises(months_services.rules.NotReady, match="Time before these books"):
        months.close(202606, *people)
    months.close_what_was_before(*people)
    months.close(202606, *people)
    locked = periods.month(202606)
    assert locked.state is PeriodState.LOCKED
    assert "locked and never opens" in str(reopening.why_not(locked))
    with pytest.raises(months_services.rules.YearLocked):
        reopening.ask(locked, WHY, by=people[0], now=NOW)


def test_a_budget_that_is_carried_stays(people: tuple[Staff, Staff]) -> None:
    live_a_year()
    paper = services.close_year(JUNE, lapses=False, by=people[0], now=NOW)
    post(paper, people[1], lapses=False)
    assert standing(9010) == Money(-800)


def test_a_year_end_entry_that_no_longer_fits_is_not_posted(people: tuple[Staff, Staff]) -> None:
    live_a_year()
    paper = services.close_year(JUNE, lapses=True, by=people[0], now=NOW)
    months.interest(10, on=JUNE)
    with pytest.raises(rules.Moved):
        post(paper, people[1])


def test_an_empty_year_needs_no_entry(people: tuple[Staff, Staff]) -> None:
    months.charge(on=date(2026, 6, 3))
    with pytest.raises(rules.NothingToClose):
        services.close_year(JUNE, lapses=True, by=people[0], now=NOW)


def test_the_last_month_locks_the_year(people: tuple[Staff, Staff]) -> None:
    months.charge(on=date(2026, 5, 5))
    months.charge(on=date(2026, 6, 5))
    months_services.begin(months.asked(202606), by=people[0], now=NOW)
    lines = (debit(5040, Money(70)), credit(4200, Money(70)))
    post(adjust(people[0], lines, on=JUNE), people[1])
    months.close(202605, *people)
    asked = months.asked(202606)
    months_services.sign(asked, by=people[1], now=NOW)
    with pytest.raises(months_services.rules.NotReady):
        months_services.close(asked, by=people[0], now=NOW)
    post(services.close_year(JUNE, lapses=True, by=people[0], now=NOW), people[1])
    months.close_what_was_before(*people)
    months.close(202606, *people)
    states = {month.number: month.state for month in periods.months()}
    assert states == {202605: PeriodState.LOCKED, 202606: PeriodState.LOCKED}


ONE_MORE = "INSERT INTO correction_line SELECT max(id), 3, 4200, 0, 0, 5 FROM correction"
TWISTS: dict[str, str] = {
    "a posting without its paper": "",
    "a line that was not asked": ONE_MORE,
}


@pytest.mark.parametrize("twist", TWISTS)
def test_a_correction_that_does_not_tie_is_found(
    people: tuple[Staff, Staff], session: Session, twist: str
) -> None:
    if TWISTS[twist]:
        post(adjust(people[0]), people[1])
        session.execute(text(TWISTS[twist]))
    else:
        months.post(Event.ADJUST, *LINES, approved_by=9_000_901)
    assert [found.fault for found in proof.findings()] == [Fault.CORRECTIONS]


def line(*values: Any) -> Line:
    return rules.line(*values)


def test_a_line_is_a_debit_or_a_credit() -> None:
    assert line(1020, Money(5), None, 0, 0) == Line(1020, 5)
    assert line(1020, None, Money(5), 0, 2) == Line(1020, -5, 0, 2)
    for sides in ((None, None), (Money(5), Money(5))):
        with pytest.raises(rules.BothSides):
            line(1020, *sides, 0, 0)
