"""Prove that a payment settles the oldest first and loses no cent."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diversion.core.money import ZERO, Money
from diversion.fees.rules import (
    CardNumber,
    DirectedTooMuch,
    Due,
    MoreThanOwed,
    NothingPaid,
    allocate,
    check_reference,
)
from diversion.fees.schedules.models import Overpayment

CREDIT, REFUSE = Overpayment.CREDIT, Overpayment.REFUSE


def due(number: int, cents: int, day: int = 1) -> Due:
    return Due(number, date(2026, 11, day), Money(cents), 4010, 0)


def test_the_oldest_is_settled_first() -> None:
    split = allocate(Money(700), [due(2, 500, day=9), due(1, 500, day=3)], CREDIT)
    assert [(each.obligation, part.cents) for each, part in split.parts] == [(1, 500), (2, 200)]


def test_what_is_left_over_is_a_credit() -> None:
    assert allocate(Money(700), [due(1, 500)], CREDIT).credit == Money(200)


def test_a_county_may_refuse_more_than_is_owed() -> None:
    with pytest.raises(MoreThanOwed, match=r"\$5\.00"):
        allocate(Money(700), [due(1, 500)], REFUSE)


@pytest.mark.parametrize("cents", [0, -1])
def test_nothing_is_not_a_payment(cents: int) -> None:
    with pytest.raises(NothingPaid):
        allocate(Money(cents), [due(1, 500)], CREDIT)


@pytest.mark.parametrize("typed", ["4111 1111 1111 1111", "3782-822463-10005", "5555555555554444"])
def test_no_number_of_a_card_is_kept(typed: str) -> None:
    with pytest.raises(CardNumber):
        check_reference(typed)
    for other in (f"ch_{typed}", typed[:-1] + "9", "1207", ""):
        check_reference(other)


dues = st.lists(st.tuples(st.integers(1, 10**6), st.integers(0, 60)), max_size=6)


@given(paid=st.integers(1, 10**7), opens=dues)
def test_every_cent_goes_somewhere_and_nothing_is_overpaid(
    paid: int, opens: list[tuple[int, int]]
) -> None:
    rows = [
        Due(n, date(2026, 1, 1) + timedelta(days=day), Money(cents), 4010, 0)
        for n, (cents, day) in enumerate(opens, 1)
    ]
    split = allocate(Money(paid), rows, CREDIT)
    assert split.applied + split.credit == Money(paid)
    assert all(ZERO < part <= each.open for each, part in split.parts)
    assert not split.credit or split.applied == Money.total(each.open for each in rows)
    touched = [each for each, _ in split.parts]
    skipped = [each for each in rows if each not in touched]
    assert all(
        (late.due_on, late.obligation) > (each.due_on, each.obligation)
        for late in skipped
        for each in touched
    )


def test_what_the_payer_directs_goes_there_and_the_rest_to_the_oldest() -> None:
    rows = [due(1, 500, day=3), due(2, 500, day=9)]
    split = allocate(Money(700), rows, CREDIT, {2: Money(400)})
    assert [(each.obligation, part.cents) for each, part in split.parts] == [(1, 300), (2, 400)]


@pytest.mark.parametrize("directed", [{1: 501}, {1: 400, 2: 400}, {3: 1}, {1: 0}, {1: -5}])
def test_no_more_is_directed_than_is_open_or_was_paid(directed: dict[int, int]) -> None:
    rows = [due(1, 500, day=3), due(2, 500, day=9)]
    with pytest.raises(DirectedTooMuch):
        allocate(Money(700), rows, CREDIT, {n: Money(cents) for n, cents in directed.items()})


@given(paid=st.integers(1, 10**7), opens=dues, data=st.data())
def test_a_directed_payment_loses_no_cent_either(
    paid: int, opens: list[tuple[int, int]], data: st.DataObject
) -> None:
    rows = [
        Due(n, date(2026, 1, 1) + timedelta(days=day), Money(cents), 4010, 0)
        for n, (cents, day) in enumerate(opens, 1)
    ]
    directed, left = {}, paid
    for row in rows:
        part = data.draw(st.integers(0, min(left, row.open.cents)))
        left -= part
        if part:
            directed[row.obligation] = Money(part)
    split = allocate(Money(paid), rows, CREDIT, directed)
    given_ = {each.obligation: part for each, part in split.parts}
    assert split.applied + split.credit == Money(paid)
    assert all(ZERO < part <= each.open for each, part in split.parts)
    assert all(given_[number] >= part for number, part in directed.items())
