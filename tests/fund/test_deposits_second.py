"""Prove that a difference needs a reason and a second person, at the counter and at the bank."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from diversion.core.database import db
from diversion.core.money import ZERO, Money
from diversion.fund.deposits import confirming, drafts, queries, services
from diversion.fund.deposits.confirming import NotOnItsWay, OwnDeposit, Taken, WhyMissing, WrongDay
from diversion.fund.deposits.models import Deposit, DepositDraft, WhyDifferent
from diversion.fund.deposits.rules import Agrees, NotInTheDrawer, OwnReceipt
from diversion.fund.reconciliation import open_items
from diversion.ledger import queries as ledger
from diversion.ledger.commands import Mode
from diversion.ledger.refusals import LedgerRefused
from diversion.staff.models import Staff
from diversion.staff.permissions import Role
from tests.conftest import NOW
from tests.factories import fund
from tests.factories.fund import TODAY
from tests.factories.staff import make_staff


@pytest.fixture
def helen(session: Session) -> Staff:
    return make_staff(Role.FINANCE_APPROVER, name="Helen Park")


@pytest.fixture
def omar(session: Session) -> Staff:
    return make_staff(Role.FINANCE_APPROVER, name="Omar Reyes")


def cash(dollars: int = 50, by: int = 9_000_900) -> str:
    return str(fund.take(dollars, by=by).receipt_number)


def check(dollars: int = 50) -> str:
    return str(fund.take(dollars, by=9_000_900, mode=Mode.CHECK, reference="2207").receipt_number)


def bag(by: Staff, *numbers: str) -> Deposit:
    return services.prepare(
        numbers or (check(),), {}, key=f"bag-{numbers}", by=by, on=TODAY, now=NOW
    ).made


def draw(numbers: list[str], pieces: dict[int, int], by: Staff) -> DepositDraft:
    return drafts.draw(
        numbers, pieces, WhyDifferent.MISCOUNT, key="draft-key", by=by, on=TODAY, now=NOW
    )


def take(deposit: Deposit, cents: int, by: Staff, why: WhyDifferent | None = None) -> None:
    taken = Taken(TODAY, Money(cents), "T-1", why)
    said = confirming.say(deposit, taken, by=by, today=TODAY, now=NOW)
    confirming.confirm(said, by=by.id, now=NOW)


def test_a_bag_that_waits_for_a_second_person_is_proposed_for_no_line_of_the_bank(
    helen: Staff, omar: Staff
) -> None:
    made = bag(helen)
    assert [item.key for item in open_items.items()] == [made.id]
    told = Taken(TODAY, Money(4_900), "T-1", WhyDifferent.BANK_ERROR)
    confirming.ask(confirming.say(made, told, by=omar, today=TODAY, now=NOW), by=omar, now=NOW)
    assert open_items.items() == []


@pytest.mark.parametrize(("tens", "cents"), [(4, -1000), (6, 1000)])
def test_cash_over_or_short_is_posted_with_the_deposit_once_signed(
    helen: Staff, omar: Staff, tens: int, cents: int
) -> None:
    numbers = [cash(), check(70)]
    drawn = draw(numbers, {1000: tens}, helen)
    assert ledger.balance(1010) == Money(12_000)
    made = drafts.carry_out(drawn, approved_by=omar.id, now=NOW)
    assert ledger.balance(1010) == ZERO
    assert queries.in_transit_of(made.id) == Money(12_000 + cents)
    assert ledger.balance(4090) == Money(-cents)
    assert queries.count_of(made.id) == {1000: tens}
    assert drafts.became(drawn) == made.number
    row = db.session.execute(queries.deposits()).one()
    assert (row.cash, row.checks, row.total) == (5_000 + cents, 7_000, 12_000 + cents)


def test_a_count_that_agrees_is_no_difference(helen: Staff) -> None:
    with pytest.raises(Agrees):
        draw([cash()], {5000: 1}, helen)


def test_the_same_form_draws_once(helen: Staff) -> None:
    numbers = [cash()]
    assert draw(numbers, {1000: 4}, helen) is draw(numbers, {1000: 4}, helen)
    assert db.session.scalar(select(func.count()).select_from(DepositDraft)) == 1


def test_whoever_drew_a_difference_does_not_sign_it(helen: Staff) -> None:
    drawn = draw([cash()], {1000: 4}, helen)
    with pytest.raises(LedgerRefused):
        drafts.carry_out(drawn, approved_by=helen.id, now=NOW)


def test_whoever_took_the_money_does_not_sign_its_difference(helen: Staff, omar: Staff) -> None:
    drawn = draw([cash(by=omar.id)], {1000: 4}, helen)
    with pytest.raises(OwnReceipt):
        drafts.carry_out(drawn, approved_by=omar.id, now=NOW)


def test_a_draft_whose_receipt_left_the_drawer_makes_nothing(helen: Staff, omar: Staff) -> None:
    numbers = [cash(), check()]
    drawn = draw(numbers, {1000: 4}, helen)
    bag(omar, numbers[1])
    with pytest.raises(NotInTheDrawer):
        drafts.carry_out(drawn, approved_by=omar.id, now=NOW)


def test_the_bank_takes_a_deposit_as_it_is(helen: Staff, omar: Staff) -> None:
    made = bag(helen)
    take(made, 5000, omar)
    assert (ledger.balance(1015), ledger.balance(1020)) == (ZERO, Money(5000))
    found = confirming.confirmed(made.id)
    assert found is not None
    assert found[0].reference == "T-1"


def test_whoever_prepared_it_does_not_confirm_it(helen: Staff) -> None:
    with pytest.raises(OwnDeposit):
        take(bag(helen), 5000, helen)


def test_whoever_took_the_money_does_not_confirm_it(helen: Staff, omar: Staff) -> None:
    number = str(fund.take(50, by=omar.id, mode=Mode.CHECK, reference="8").receipt_number)
    with pytest.raises(OwnDeposit):
        take(bag(helen, number), 5000, omar)


def test_a_deposit_is_confirmed_once(helen: Staff, omar: Staff) -> None:
    made = bag(helen)
    take(made, 5000, omar)
    with pytest.raises(NotOnItsWay):
        take(made, 5000, omar)


def test_the_bank_had_it_on_a_day_that_was(helen: Staff, omar: Staff) -> None:
    made = bag(helen)
    for days in (-1, 1):
        day = TODAY.fromordinal(TODAY.toordinal() + days)
        with pytest.raises(WrongDay):
            confirming.say(made, Taken(day, Money(5000)), by=omar, today=TODAY, now=NOW)


@pytest.mark.parametrize(("cents", "over"), [(4500, 500), (5500, -500)])
def test_another_amount_needs_a_reason_and_a_second_person(
    helen: Staff, omar: Staff, cents: int, over: int
) -> None:
    made = bag(helen)
    with pytest.raises(WhyMissing):
        take(made, cents, omar)
    taken = Taken(TODAY, Money(cents), "", WhyDifferent.BANK_ERROR)
    said = confirming.say(made, taken, by=omar, today=TODAY, now=NOW)
    with pytest.raises(LedgerRefused):
        confirming.confirm(said, by=omar.id, approved_by=None, now=NOW)
    confirming.confirm(said, by=omar.id, approved_by=helen.id, now=NOW)
    assert (ledger.balance(1015), ledger.balance(1020)) == (ZERO, Money(cents))
    assert ledger.balance(4090) == Money(over)


MARKS = st.dictionaries(st.integers(0, 5), st.integers(1, 10**9).map(Money), min_size=1, max_size=6)


@given(MARKS, st.data())
def test_what_the_bank_took_is_divided_without_loss(marks: dict[int, Money], data) -> None:  # type: ignore[no-untyped-def]
    whole = Money.total(marks.values())
    amount = Money(data.draw(st.integers(1, 2 * whole.cents)))
    parts = confirming.bound(amount, marks)
    assert Money.total(parts.values()) == amount
    assert all(part > ZERO for part in parts.values())
    for mark, part in parts.items():
        assert mark == 0 or part <= marks[mark]
