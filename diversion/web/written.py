"""Write out days, hours and counts in the language of the screen, each once.

The same few stand on every page, and to write one costs as much as a row. Nothing that
says who somebody is passes here: birth dates are written by a filter that remembers none.
"""

from datetime import date, time
from functools import cache, lru_cache

from babel import Locale, dates, numbers
from flask_babel import get_locale

REMEMBERED = 2000


def locale() -> str:
    found = get_locale()
    return _name(found) if found else "en"


@cache
def _name(found: Locale) -> str:
    return str(found)


def dated(value: date, pattern: str) -> str:
    return _dated(value, pattern, locale())


def told(value: time) -> str:
    return _told(value, locale())


def counted(value: int) -> str:
    return _counted(value, locale())


@lru_cache(REMEMBERED)
def _dated(value: date, pattern: str, language: str) -> str:
    return dates.format_date(value, pattern, language)


@lru_cache(REMEMBERED)
def _told(value: time, language: str) -> str:
    written = dates.format_time(value, "h:mm a", locale=language)
    return written.replace("\N{NARROW NO-BREAK SPACE}", " ")


@lru_cache(REMEMBERED)
def _counted(value: int, language: str) -> str:
    return numbers.format_decimal(value, locale=language)
