"""Public numbers carry a check digit and no track."""

from hypothesis import given
from hypothesis import strategies as st

from diversion.core.tracks import is_public_number, public_number


@given(st.integers(2000, 2099), st.integers(1, 99999))
def test_every_number_made_is_well_formed(year: int, place: int) -> None:
    assert is_public_number(public_number(year, place))


@given(st.integers(1, 9999), st.integers(0, 5), st.integers(1, 9))
def test_one_wrong_digit_is_noticed(place: int, position: int, shift: int) -> None:
    digits = list(public_number(2026, place))
    at = [i for i, sign in enumerate(digits) if sign.isdigit()][position]
    digits[at] = str((int(digits[at]) + shift) % 10)
    assert not is_public_number("".join(digits))
