"""Prove that money goes to the bank whole, once, and by somebody who did not take it."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from diversion.core.money import Money
from diversion.core.once import KeyUsedOtherwise
from diversion.fund.deposits import queries, rules, services
from diversion.fund.deposits.models import DepositItem
from diversion.fund.deposits.rules import (
    CashDiffers,
    NothingChosen,
    NotInTheDrawer,
    OwnReceipt,
)
from diversion.ledger import queries as ledger
from diversion.ledger import services as books
from diversion.ledger.commands import Command, Mode, credit, debit
from diversion.ledger.events import Event
from diversion.ledger.receipts import OpenReceipt, undeposited
from diversion.ledger.refusals import LedgerRefused
from diversion.staff.models import Staff
from diversion.staff.permissions import Role
from tests.conftest import NOW
from tests.factories import fund
from tests.factories.fund import TODAY
from tests.factories.staff import make_staff


def approver() -> Staff:
    return make_staff(Role.FINANCE_APPROVER, name="Helen Park")


def prepare(numbers: Any, by: Staff, pieces: Any = None, key: str = "deposit-key-1") -> Any:
    return services.prepare(numbers, pieces or {}, key=key, by=by, on=TODAY, now=NOW)


def check(dollars: int = 50, by: int = 9_000_900) -> str:
    return str(fund.take(dollars, by=by, mode=Mode.CHECK, reference="2207").receipt_number)


def test_a_deposit_takes_each_receipt_whole(session: Session) -> None:
    numbers = [check(50), check(70)]
    made = prepare(numbers, approver()).made
    assert made.number == "D-2026-0001"
    assert ledger.balance(1015, made.id) == Money(12_000)
    assert ledger.balance(1010) == Money(0)
    assert [r.number for r in queries.slip(made.id)] == numbers
    assert queries.in_transit() == (1, Money(12_000))
    assert undeposited() == []


def test_the_entry_has_one_line_for_each_receipt(session: Session) -> None:
    made = prepare([check(50), check(70), check(90)], approver()).made
    lines = queries.slip(made.id)
    assert [line.amount for line in lines] == [Money(5000), Money(7000), Money(9000)]
    assert ledger.balances(1010, [line.id for line in lines]) == dict.fromkeys(
        (line.id for line in lines), Money(0)
    )


def test_a_receipt_is_not_deposited_twice(session: Session) -> None:
    number, by = check(), approver()
    prepare([number], by)
    with pytest.raises(NotInTheDrawer):
        prepare([number], by, key="deposit-key-2")


def test_the_database_takes_no_receipt_twice(session: Session) -> None:
    made = prepare([check()], approver()).made
    receipt = queries.slip(made.id)[0]
    with pytest.raises(IntegrityError), session.begin_nested():
        session.execute(insert(DepositItem), [{"receipt_id": receipt.id, "deposit_id": made.id}])


def test_whoever_took_the_money_does_not_deposit_it(session: Session) -> None:
    both = make_staff(Role.FINANCE_CLERK, Role.FINANCE_APPROVER)
    number = check(by=both.id)
    with pytest.raises(OwnReceipt):
        prepare([number], both)


def test_the_ledger_too_keeps_taking_and_depositing_apart(session: Session) -> None:
    taken = fund.take(50, by=7, mode=Mode.CHECK, reference="1")
    assert taken.receipt_id
    lines = [debit(1015, Money(5000), 1), credit(1010, Money(5000), taken.receipt_id)]
    with pytest.raises(LedgerRefused):
        books.post(Command(Event.DEPOSIT, lines), key="apart", by=7, on=TODAY, now=NOW)


def test_a_part_of_a_receipt_is_not_deposited(session: Session) -> None:
    taken = fund.take(50, by=7, mode=Mode.CHECK, reference="1")
    assert taken.receipt_id
    lines = [debit(1015, Money(2000), 1), credit(1010, Money(2000), taken.receipt_id)]
    with pytest.raises(LedgerRefused):
        books.post(Command(Event.DEPOSIT, lines), key="part", by=8, on=TODAY, now=NOW)


def test_a_void_receipt_is_not_deposited(session: Session) -> None:
    taken = fund.take(50, by=7, mode=Mode.CHECK, reference="1")
    fund.void(taken, by=8)
    with pytest.raises(NotInTheDrawer):
        prepare([taken.receipt_number], approver())


def test_a_deposited_receipt_is_not_voided(session: Session) -> None:
    taken = fund.take(50, by=7, mode=Mode.CHECK, reference="1")
    prepare([taken.receipt_number], approver())
    with pytest.raises(LedgerRefused):
        fund.void(taken, by=8)


def test_cash_is_counted_before_it_leaves(session: Session) -> None:
    number = str(fund.take(50, by=9_000_900).receipt_number)
    by = approver()
    for n, pieces in enumerate(({}, {2000: 2}, {2000: 2, 1: 1001})):
        with pytest.raises(CashDiffers):
            prepare([number], by, pieces, key=f"deposit-key-{n}")
    made = prepare([number], by, {2000: 2, 1: 1000}, key="deposit-key-9").made
    assert queries.count_of(made.id) == {2000: 2, 1: 1000}


def test_a_deposit_without_receipts_is_none(session: Session) -> None:
    with pytest.raises(NothingChosen):
        prepare([], approver())


def test_the_same_form_again_makes_no_second_deposit(session: Session) -> None:
    numbers, by = [check()], approver()
    first = prepare(numbers, by)
    second = prepare(numbers, by)
    assert not first.repeated
    assert second.repeated
    assert second.made.number == first.made.number
    with pytest.raises(KeyUsedOtherwise):
        prepare([*numbers, check()], by)


def test_deposit_numbers_have_no_gap(session: Session) -> None:
    by = approver()
    made = [prepare([check()], by, key=f"deposit-key-{n}").made.number for n in range(3)]
    assert made == ["D-2026-0001", "D-2026-0002", "D-2026-0003"]


def receipt(number: int, cents: int, mode: Mode, cashier: int) -> OpenReceipt:
    return OpenReceipt(
        number, f"M-2026-{number:06d}", TODAY, mode, "", Money(cents), cashier, False, number, ""
    )


RECEIPTS = st.lists(
    st.tuples(
        st.integers(1, 100_000),
        st.sampled_from([Mode.CASH, Mode.CHECK, Mode.MONEY_ORDER]),
        st.integers(1, 3),
    ),
    max_size=12,
).map(lambda rows: [receipt(n, *row) for n, row in enumerate(rows, 1)])


@settings(suppress_health_check=[HealthCheck.too_slow], max_examples=80)
@given(RECEIPTS, st.sets(st.integers(1, 15)), st.integers(1, 3))
def test_only_receipts_of_others_that_lie_in_the_drawer_are_chosen(
    drawer: list[OpenReceipt], wanted: set[int], by: int
) -> None:
    numbers = {f"M-2026-{n:06d}" for n in wanted}
    there = {r.number: r for r in drawer}
    legal = numbers and all(n in there and there[n].cashier != by for n in numbers)
    if legal:
        chosen = rules.choose(drawer, numbers, by)
        assert {r.number for r in chosen} == numbers
        cash = sum(r.amount.cents for r in chosen if r.mode == Mode.CASH)
        rules.check_count(chosen, {1: cash})
        with pytest.raises(CashDiffers):
            rules.check_count(chosen, {1: cash + 1})
        assert sum(p.total.cents for p in rules.parts(chosen)) == sum(
            r.amount.cents for r in chosen
        )
    else:
        with pytest.raises((NothingChosen, NotInTheDrawer, OwnReceipt)):
            rules.choose(drawer, numbers, by)
