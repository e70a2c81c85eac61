"""Instalments lose no cent, keep their days, and age by them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diversion.core.money import ZERO, Money
from diversion.fees.aging.rules import NOTHING, Age, age_of, aged
from diversion.fees.plans.rules import (
    Every,
    NothingToPlan,
    TooSmall,
    due_dates,
    split,
    unpaid,
)
from diversion.fees.rules import Due

DAY = date(2026, 11, 30)
AMOUNTS = st.lists(st.integers(1, 500_000), min_size=1, max_size=4)


def dues(cents: list[int]) -> list[Due]:
    return [
        Due(n, DAY + timedelta(days=n), Money(amount), 4010, 0) for n, amount in enumerate(cents, 1)
    ]


def test_a_thousand_dollars_in_three_is_the_larger_part_first() -> None:
    slices = split(dues([100_000]), due_dates(DAY, 3, Every.MONTH))
    assert [each.amount.cents for each in slices] == [33_334, 33_333, 33_333]


@given(AMOUNTS, st.integers(1, 60))
def test_no_cent_is_lost_and_instalments_differ_by_a_cent(cents: list[int], count: int) -> None:
    if sum(cents) < count:
        with pytest.raises(TooSmall):
            split(dues(cents), due_dates(DAY, count, Every.WEEK))
        return
    slices = split(dues(cents), due_dates(DAY, count, Every.WEEK))
    by_number: dict[int, int] = {}
    by_fee: dict[int, int] = {}
    for each in slices:
        by_number[each.number] = by_number.get(each.number, 0) + each.amount.cents
        by_fee[each.obligation] = by_fee.get(each.obligation, 0) + each.amount.cents
    assert list(by_number) == list(range(1, count + 1))
    assert max(by_number.values()) - min(by_number.values()) <= 1
    assert [by_fee[n] for n in range(1, len(cents) + 1)] == cents


@given(AMOUNTS, st.integers(1, 24), st.data())
def test_what_is_unpaid_adds_up_to_what_is_open(
    cents: list[int], count: int, data: st.DataObject
) -> None:
    if sum(cents) < count:
        return
    slices = split(dues(cents), due_dates(DAY, count, Every.MONTH))
    for due in dues(cents):
        own = [each for each in slices if each.obligation == due.obligation]
        open_ = Money(data.draw(st.integers(0, 2 * due.open.cents)))
        parts = unpaid(open_, due.due_on, own)
        assert Money.total(amount for _, amount in parts) == open_
        assert aged(parts, DAY).total == open_


def test_a_payment_settles_the_oldest_instalment_and_reopens_it_when_it_comes_back() -> None:
    days = due_dates(DAY, 4, Every.MONTH)
    slices = split(dues([40_000]), days)
    after = unpaid(Money(25_000), DAY, slices)
    assert after == [(days[1], Money(5_000)), (days[2], Money(10_000)), (days[3], Money(10_000))]
    assert unpaid(Money(40_000), DAY, slices)[0] == (days[0], Money(10_000))


def test_what_is_open_beyond_the_plan_is_due_as_it_was_charged() -> None:
    slices = split(dues([10_000]), due_dates(DAY, 1, Every.MONTH))
    assert (date(2026, 1, 1), Money(500)) in unpaid(Money(10_500), date(2026, 1, 1), slices)


def test_a_month_keeps_its_day_or_takes_its_last() -> None:
    days = due_dates(date(2027, 1, 31), 4, Every.MONTH)
    assert days == [date(2027, 1, 31), date(2027, 2, 28), date(2027, 3, 31), date(2027, 4, 30)]


def test_nothing_open_is_nothing_to_plan() -> None:
    with pytest.raises(NothingToPlan):
        split([], due_dates(DAY, 3, Every.MONTH))


@pytest.mark.parametrize(
    ("late", "age"),
    [(-1, Age.CURRENT), (0, Age.CURRENT), (1, Age.TO_30), (30, Age.TO_30), (31, Age.TO_60),
     (60, Age.TO_60), (61, Age.TO_90), (90, Age.TO_90), (91, Age.OVER_90), (900, Age.OVER_90)],
)  # fmt: skip
def test_every_day_has_one_age(late: int, age: Age) -> None:
    assert age_of(DAY - timedelta(days=late), DAY) is age


def test_ages_add_up() -> None:
    one = aged([(DAY, Money(100)), (DAY - timedelta(days=40), Money(50))], DAY)
    both = one + one + NOTHING
    assert (both.total, both.behind) == (Money(300), Money(100))
    assert NOTHING.total == ZERO
