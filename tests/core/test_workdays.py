"""Prove how workdays are counted."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diversion.core import workdays

THANKSGIVING = date(2026, 11, 26)


@pytest.mark.parametrize(
    ("day", "before"),
    [
        (date(2026, 11, 24), date(2026, 11, 23)),
        (date(2026, 11, 23), date(2026, 11, 20)),
        (date(2026, 11, 22), date(2026, 11, 20)),
        (date(2026, 11, 27), date(2026, 11, 25)),
    ],
)
def test_the_workday_before_is_no_weekend_and_no_holiday(day: date, before: date) -> None:
    assert workdays.before(day, {THANKSGIVING}) == before


@pytest.mark.parametrize(("day", "after"), [(20, date(2026, 12, 7)), (14, date(2026, 11, 30))])
def test_weekends_and_holidays_do_not_count(day: int, after: date) -> None:
    assert workdays.after(date(2026, 11, day), 10, {THANKSGIVING}) == after


@given(st.dates(max_value=date(2100, 1, 1)), st.integers(0, 40), st.sets(st.integers(1, 60)))
def test_so_many_workdays_lie_between(day: date, count: int, gaps: set[int]) -> None:
    closed = {day + timedelta(days=gap) for gap in gaps}
    end = workdays.after(day, count, closed)
    between = [day + timedelta(days=n + 1) for n in range((end - day).days)]
    assert sum(workdays.is_workday(each, closed) for each in between) == count
