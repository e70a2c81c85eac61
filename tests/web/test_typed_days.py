"""Days are read as people type them."""

from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diversion.web.typed_days import NotADay, read_day

TUESDAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("12/01/2026", date(2026, 12, 1)),
        ("12/1/26", date(2026, 12, 1)),
        ("2026-12-01", date(2026, 12, 1)),
        ("12-1-2026", date(2026, 12, 1)),
        ("12.1.2026", date(2026, 12, 1)),
        (" 11/24 ", TUESDAY),
        ("1/5", date(2027, 1, 5)),
        ("6/16", date(2026, 6, 16)),
        ("2/29", date(2028, 2, 29)),
        ("+7", date(2026, 12, 1)),
        ("+4w", date(2026, 12, 22)),
        ("-1", date(2026, 11, 23)),
        ("tue", date(2026, 12, 1)),
        ("Thursday", date(2026, 11, 26)),
        ("mié", date(2026, 11, 25)),
        ("sábado", date(2026, 11, 28)),
        ("today", TUESDAY),
        ("hoy", TUESDAY),
        ("tomorrow", date(2026, 11, 25)),
        ("4/17/1992", date(1992, 4, 17)),
        ("4/17/92", date(1992, 4, 17)),
    ],
)
def test_a_day_is_read_as_typed(typed: str, day: date) -> None:
    if typed == "2/29":
        assert read_day(typed, date(2028, 1, 5)) == day
    else:
        assert read_day(typed, TUESDAY) == day


@pytest.mark.parametrize(
    "typed",
    [
        "Nov 31",
        "11/31",
        "2/30/2026",
        "13/1/2026",
        "soon",
        "t",
        "+",
        "99999999999",
        "١٢/١",
        "12/31/9999",
        "1899-12-31",
    ],
)
def test_what_is_no_day_is_said_so(typed: str) -> None:
    with pytest.raises(NotADay, match=r"is not a date\. Use 11/24/2026"):
        read_day(typed, TUESDAY)


@given(st.text(max_size=30), st.dates(date(2020, 1, 1), date(2090, 1, 1)))
def test_any_text_is_a_day_or_a_refusal(typed: str, today: date) -> None:
    with suppress(NotADay):
        assert isinstance(read_day(typed, today), date)


@given(st.dates(date(1901, 1, 1), date(2099, 1, 1)), st.dates(date(2020, 1, 1), date(2090, 1, 1)))
def test_a_written_day_reads_back(day: date, today: date) -> None:
    assert read_day(f"{day:%m/%d/%Y}", today) == day
    assert read_day(day.isoformat(), today) == day


@given(st.dates(date(2020, 1, 1), date(2090, 1, 1)), st.integers(-170, 170))
def test_a_day_without_a_year_is_the_nearest(today: date, away: int) -> None:
    day = today + timedelta(days=away)
    if (day.month, day.day) != (2, 29):
        assert read_day(f"{day.month}/{day.day}", today) == day
