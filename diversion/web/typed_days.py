"""Read a day as people type it: 11/24, 11/24/2026, +7, +4w, tue, today, 2026-11-24."""

import re
from datetime import date, timedelta

from diversion.core.errors import Invalid
from diversion.core.words import _

_ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_US = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})(?:[/.-]([0-9]{4}|[0-9]{2}))?")
_AHEAD = re.compile(r"([+-])([0-9]{1,4})([dw]?)")
# Nobody here was born before, and nothing is planned after; at year 9999 the hours have no UTC.
YEARS = range(1900, 2200)
_WEEKDAYS = (
    ("mo", "lu"), ("tu", "mar"), ("we", "mie"), ("th", "jue"), ("fr", "vie"), ("sa", "sab"),
    ("su", "dom"),
)  # fmt: skip
_ACCENTS = str.maketrans("áéíóú", "aeiou")


class NotADay(Invalid):
    """A day of the calendar, in one of the ways people write it."""


def read_day(text: str, today: date) -> date:
    """Return the day that `text` means on `today`.

    A day without a year is the one nearest to today; a weekday is the next one,
    never today. Raises NotADay.
    """
    typed = text.strip().lower().translate(_ACCENTS)
    found = _spelled(typed, today) or _ahead(typed, today) or _weekday(typed, today)
    if found is None:
        raise NotADay(
            _(
                "“{typed}” is not a date. Use {example}.",
                typed=text.strip()[:20],
                example=f"{today:%m/%d/%Y}",
            )
        )
    return found


def _spelled(typed: str, today: date) -> date | None:
    if iso := _ISO.fullmatch(typed):
        return _day(int(iso[1]), int(iso[2]), int(iso[3]))
    if not (us := _US.fullmatch(typed)):
        return None
    month, number = int(us[1]), int(us[2])
    if us[3] is None:
        return _nearest(month, number, today)
    year = int(us[3])
    return _day(year if year >= 100 else _century(year, today), month, number)


def _nearest(month: int, number: int, today: date) -> date | None:
    days = (_day(today.year + shift, month, number) for shift in (-1, 0, 1))
    return min((d for d in days if d), key=lambda d: (abs((d - today).days), d), default=None)


def _century(year: int, today: date) -> int:
    """Two digits mean at most ten years ahead, else the past."""
    near = today.year - today.year % 100 + year
    return near - 100 if near > today.year + 10 else near


def _ahead(typed: str, today: date) -> date | None:
    if typed in {"today", "hoy"}:
        return today
    if typed in {"tomorrow", "manana", "mañana"}:
        return today + timedelta(days=1)
    if not (ahead := _AHEAD.fullmatch(typed)):
        return None
    days = int(ahead[2]) * (7 if ahead[3] == "w" else 1)
    return today + timedelta(days=days if ahead[1] == "+" else -days)


def _weekday(typed: str, today: date) -> date | None:
    if not typed.isalpha() or not 2 <= len(typed) <= 10:
        return None
    for place, starts in enumerate(_WEEKDAYS):
        if typed.startswith(starts):
            return today + timedelta(days=(place - today.weekday() - 1) % 7 + 1)
    return None


def _day(year: int, month: int, number: int) -> date | None:
    if year not in YEARS:
        return None
    try:
        return date(year, month, number)
    except ValueError:
        return None
