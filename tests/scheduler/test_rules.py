"""A job is due once a day, also on the two days when the clock is moved."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diversion.scheduler.rules import Daily, Hourly

ZONE = "America/Los_Angeles"


def _dues(when: Daily | Hourly, first: datetime, hours: int) -> set[datetime]:
    """Return every due instant that a scheduler sees which looks every five minutes."""
    steps = range(0, hours * 60, 5)
    return {when.due_before(first + timedelta(minutes=step), ZONE) for step in steps}


def test_a_time_that_the_clock_jumps_over_is_due_once_right_after_re_11() -> None:
    night = datetime(2026, 3, 8, 8, 0, tzinfo=UTC)
    dues = _dues(Daily(2, 30), night, 20)
    assert dues == {
        datetime(2026, 3, 7, 10, 30, tzinfo=UTC),  # the evening before sees yesterday's
        datetime(2026, 3, 8, 10, 30, tzinfo=UTC),  # 3:30 by the new time
    }


def test_a_time_that_comes_twice_is_due_the_first_time_alone_re_11() -> None:
    night = datetime(2026, 11, 1, 7, 0, tzinfo=UTC)
    dues = _dues(Daily(1, 30), night, 20)
    assert dues == {
        datetime(2026, 10, 31, 8, 30, tzinfo=UTC),
        datetime(2026, 11, 1, 8, 30, tzinfo=UTC),  # 1:30 by the summer's time
    }


@given(st.dates(date(2026, 1, 1), date(2029, 12, 31)), st.integers(0, 23), st.integers(0, 59))
def test_every_court_day_has_exactly_one_due_instant_re_11(
    day: date, hour: int, minute: int
) -> None:
    place = ZoneInfo(ZONE)
    when = Daily(hour, minute)
    first = datetime(day.year, day.month, day.day, tzinfo=place).astimezone(UTC)
    later = day + timedelta(days=1)
    last = datetime(later.year, later.month, later.day, tzinfo=place).astimezone(UTC)
    instants = {
        when.due_before(first + timedelta(minutes=step), ZONE)
        for step in range(int((last - first).total_seconds() // 60))
    }
    assert len([at for at in instants if first <= at < last]) == 1
    assert all(at.tzinfo is UTC for at in instants)


@pytest.mark.parametrize(
    ("now", "due"), [("10:59", "10:00"), ("10:00", "10:00"), ("09:30", "09:00")]
)
def test_what_is_due_every_hour_is_due_on_its_minute(now: str, due: str) -> None:
    at = datetime.fromisoformat(f"2026-11-21T{now}:00+00:00")
    expected = datetime.fromisoformat(f"2026-11-21T{due}:00+00:00")
    assert Hourly(0).due_before(at, ZONE) == expected
