"""Money is whole cents and never loses one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diversion.core.money import Money, NotAnAmount


@pytest.mark.parametrize(
    ("typed", "cents"),
    [("50", 5000), ("$1,250.00", 125000), ("-3.5", -350), (".05", 5), (" 0.10 ", 10), ("−1", -100)],
)
def test_what_people_type_is_read_to_the_cent(typed: str, cents: int) -> None:
    assert Money.parse(typed) == Money(cents)


@pytest.mark.parametrize(
    "typed", ["", "$", "1.234", "1,25", "fifty", "1e3", "9" * 13, "9" * 5000, "٣"]
)
def test_what_is_no_amount_is_refused(typed: str) -> None:
    with pytest.raises(NotAnAmount):
        Money.parse(typed)


def test_a_float_is_never_money() -> None:
    with pytest.raises(TypeError):
        Money(1.5)  # type: ignore[arg-type]


@given(st.integers(-(10**9), 10**9), st.integers(1, 40))
def test_shares_add_up_and_differ_by_at_most_a_cent(cents: int, count: int) -> None:
    shares = Money(cents).shares(count)
    assert Money.total(shares) == Money(cents)
    assert max(shares).cents - min(shares).cents <= 1


@given(st.integers(-(10**9), 10**9))
def test_what_is_shown_reads_back_as_the_same_amount(cents: int) -> None:
    assert Money.parse(str(Money(cents))) == Money.parse(Money(cents).plain()) == Money(cents)
