"""Prove that the public statement adds up and lets nobody be recognized."""

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from diversion.core.money import Money
from diversion.core.suppression import LEAST_OF_COURT, hidden
from diversion.fund.awards.models import Aim
from diversion.fund.disclosure import queries, rules
from diversion.fund.disclosure.queries import Spent
from diversion.fund.orders.kinds import PayeeKind
from tests.factories import disbursements as out
from tests.factories.fund import TODAY
from tests.fund.test_money_out import approved, pay


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 9)), min_size=2, max_size=8))
def test_no_small_cell_stands_alone(cells: list[tuple[int, int]]) -> None:
    people, sizes = [n for n, _ in cells], [size for _, size in cells]
    gone = hidden(people, sizes, LEAST_OF_COURT)
    assert all(n in gone for n, count in enumerate(people) if 0 < count < LEAST_OF_COURT)
    if gone and sum(1 for n, size in enumerate(sizes) if size or n in gone) > 1:
        assert len(gone) > 1
    if not any(0 < count < LEAST_OF_COURT for count in people):
        assert gone == frozenset()


def test_few_survivors_hide_their_amount_and_the_next_smallest() -> None:
    rows = [
        Spent(PayeeKind.VICTIM, Aim.TRANSPORT, Money(500), 10),
        Spent(PayeeKind.ORGANIZATION, Aim.HOUSING, Money(9000), 1),
        Spent(PayeeKind.AGENCY, Aim.TRAINING, Money(700), 1),
    ]
    shown = {cell.name.text: cell.is_shown for cell in rules.by_payee(rows, {})}
    assert list(shown.values()) == [False, True, False]
    assert [cell.is_shown for cell in rules.by_aim(rows)] == [False, True, False]
    rows[0] = Spent(PayeeKind.VICTIM, Aim.TRANSPORT, Money(500), 11)
    assert all(cell.is_shown for cell in rules.by_payee(rows, {}))


def test_what_came_in_less_what_went_out_is_what_is_there(session: Session) -> None:
    office = out.make_office()
    pay(office, approved(office, 100, 1000))
    accounts = queries.by_account(TODAY, TODAY)
    spent = queries.spent(TODAY, TODAY)
    came, went = rules.income(accounts), rules.by_payee(spent, accounts)
    assert Money.total(cell.amount for cell in came) == Money(100_000)
    assert Money.total(cell.amount for cell in went) == Money(10_000)
    assert queries.balance_before(TODAY) == Money(0)
