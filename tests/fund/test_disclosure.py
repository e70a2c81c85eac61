"""Prove that the public statement adds up and lets nobody be recognized."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from sqlalchemy.orm import Session

from diversion.core.money import Money
from diversion.core.suppression import LEAST_OF_COURT, hidden, tells
from diversion.fund.awards.models import Aim
from diversion.fund.corrections import rules as corrections
from diversion.fund.disclosure import people, queries, rules
from diversion.fund.disclosure.queries import Spent
from diversion.fund.orders.kinds import PayeeKind
from diversion.fund.statements import catalog, workbook
from diversion.fund.statements.report import Question
from diversion.fund.vouchers import queries as vouchers
from diversion.ledger import queries as ledger
from diversion.ledger import reports, standing
from diversion.ledger import services as books
from diversion.ledger.commands import Command
from diversion.ledger.events import Event
from diversion.ledger.extracts import Range
from tests.conftest import NOW
from tests.factories import disbursements as out
from tests.factories.fund import TODAY
from tests.fund.test_money_out import approved, pay

V, G, A = PayeeKind.VICTIM, PayeeKind.ORGANIZATION, PayeeKind.AGENCY


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 9)), min_size=1, max_size=8))
def test_no_small_cell_stands_alone(cells: list[tuple[int, int]]) -> None:
    people, sizes = [n for n, _ in cells], [size for _, size in cells]
    gone = hidden(people, sizes, LEAST_OF_COURT)
    small = {n for n, count in enumerate(people) if 0 < count < LEAST_OF_COURT}
    assert small <= gone
    few = 0 < sum(people[n] for n in small) < LEAST_OF_COURT
    others = [n for n, size in enumerate(sizes) if size and n not in small]
    assert len(gone - small) == (1 if few and others else 0)
    if few and not others and len(small) == len(cells):
        assert tells(people, gone, LEAST_OF_COURT), "the total alone says what a few got"


def spent(payee: PayeeKind, aim: Aim, cents: int, survivors: int = 0) -> Spent:
    return Spent(payee, aim, Money(cents), frozenset(f"{aim}{n}" for n in range(survivors)))


def shown(rows: list[Spent], charges: int = 0) -> tuple[list[bool], list[bool], bool, bool]:
    found = rules.outgo(rows, {5040: Money(-charges)}, len)
    return (
        [cell.is_shown for cell in found.payees], [cell.is_shown for cell in found.aims],
        found.out.is_shown, found.paid.is_shown,
    )  # fmt: skip


def test_few_survivors_hide_their_amount_and_the_next_smallest() -> None:
    rows = [
        spent(V, Aim.TRANSPORT, 500, 10), spent(G, Aim.HOUSING, 9000), spent(A, Aim.TRAINING, 700),
    ]  # fmt: skip
    assert shown(rows) == ([False, True, False], [False, True, False], True, True)
    rows[0] = spent(V, Aim.TRANSPORT, 500, 11)
    assert shown(rows) == ([True] * 3, [True] * 3, True, True)


def test_what_the_bank_took_does_not_give_survivors_away() -> None:
    rows = [spent(V, Aim.TRANSPORT, 500, 3), spent(G, Aim.HOUSING, 9000)]
    payees, _aims, out_shown, paid_shown = shown(rows, charges=12)
    assert payees == [False, True, False], "the bank's charges cover for them"
    assert (out_shown, paid_shown) == (True, False), "the two together would be the charges"


def test_two_small_cells_of_few_people_take_a_third_along() -> None:
    rows = [
        spent(V, Aim.TRANSPORT, 500, 3), spent(V, Aim.FOOD, 300, 2), spent(G, Aim.HOUSING, 9000),
    ]  # fmt: skip
    assert shown(rows)[1] == [False, False, False]


def test_nothing_but_a_few_survivors_hides_the_sum_as_well() -> None:
    assert shown([spent(V, Aim.TRANSPORT, 500, 3)]) == ([False], [False], False, False)


def test_a_survivor_with_two_purposes_is_one_person() -> None:
    codes = frozenset({"one", "two"})
    rows = [Spent(V, aim, Money(100), codes) for aim in (Aim.FOOD, Aim.HEALTH)]
    found = rules.outgo(rows, {}, len)
    assert not found.out.is_shown
    assert len(found.payees) == 1


def test_vouchers_of_which_nobody_knows_the_survivor_count_for_one(session: Session) -> None:
    assert people.behind([]) == 0
    assert people.behind([f"code{n}" for n in range(30)]) == 1


def test_what_came_in_less_what_went_out_is_what_is_there(session: Session) -> None:
    office = out.make_office()
    pay(office, approved(office, 100, 1000))
    assert _year() == (Money(100_000), Money(10_000))
    assert queries.balance_before(TODAY) == Money(0)


def _year() -> tuple[Money, Money]:
    accounts = queries.by_account(TODAY, TODAY)
    came, went = rules.income(accounts), rules.outgo(queries.spent(TODAY, TODAY), accounts, len)
    assert Money.total(cell.amount for cell in went.payees) == went.out.amount
    return Money.total(cell.amount for cell in came), went.out.amount


def test_a_closed_year_still_says_what_came_and_went(session: Session) -> None:
    office = out.make_office()
    pay(office, approved(office, 100, 1000))
    lines = corrections.year_end(standing.on(TODAY), lapses=True)
    closed = books.post(
        Command(Event.YEAR_CLOSE, lines), key=out.key(), by=1, approved_by=2, on=TODAY, now=NOW
    )
    assert _year() == (Money(100_000), Money(10_000))
    books.reverse(closed.number, key=out.key(), by=1, approved_by=2, on=TODAY, now=NOW)
    assert _year() == (Money(100_000), Money(10_000))
    whole = Range(TODAY, TODAY, closed.number + 1)
    assert reports.by_earmark(whole, (5020,)) == {0: Money(10_000)}


def test_the_report_by_payee_hides_few_survivors_on_screen_and_in_its_file(
    session: Session, tmp_path: Path
) -> None:
    office = out.make_office()
    out.give(1000)
    award = out.make_award(office, out.make_line(office), 500, V)
    voucher = out.request(office, award, 25)
    out.agree(vouchers.row_of(voucher.id).Order, office.agrees)
    kept, head = catalog.named("payees"), ledger.head()
    question = Question(Range(TODAY, TODAY, head.number), 1020)
    report = kept.build(question)
    assert {str(row.cells[1]) for row in report.rows} == {"not shown"}
    workbook.write(tmp_path / "payees.xlsx", kept, question, report, head, [])
    sheet = load_workbook(tmp_path / "payees.xlsx").worksheets[0]
    assert {row[1] for row in sheet.iter_rows(2, values_only=True)} == {"not shown"}
    before = Question(Range(TODAY, TODAY, 1), 1020)
    assert kept.build(before).rows[0].cells[1] == Money(0), "as of the first entry"
