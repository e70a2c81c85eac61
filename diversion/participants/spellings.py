"""Bring names, numbers and days into the shapes in which they can be compared."""

import re
import unicodedata
from datetime import date

from doublemetaphone import doublemetaphone

# Letters that Unicode does not take apart into a base letter and a sign.
_LETTERS = str.maketrans({"ø": "o", "đ": "d", "ð": "d", "ł": "l", "æ": "ae", "œ": "oe", "þ": "th"})
_APOSTROPHES = dict.fromkeys(map(ord, "'’ʻʼ`"))
_BETWEEN = re.compile(r"[\W_]+")
_ASCII: dict[int, str | None] = {
    code: chr(code).lower() if chr(code).isalnum() else " " for code in range(128)
}
_ASCII.update((code, None) for code in _APOSTROPHES)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NUMERIC = re.compile(r"(\d{1,2})[/. -](\d{1,2})[/. -](\d{4}|\d{2})")
_ISO = re.compile(r"(\d{4})[/. -]?(\d{1,2})[/. -]?(\d{1,2})")
_RUN = re.compile(r"(\d{2})(\d{2})(\d{4})")
_MONTH_FIRST = re.compile(r"([a-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})")
_DAY_FIRST = re.compile(r"(\d{1,2})\.? ([a-z]{3,9})\.?,? (\d{4})")


def words(text: str) -> tuple[str, ...]:
    """Return the words of a name without case, accents, apostrophes and signs."""
    if text.isascii():
        return tuple(text.translate(_ASCII).split())
    return tuple(_BETWEEN.sub(" ", fold(text.translate(_APOSTROPHES))).split())


def fold(text: str) -> str:
    """Return `text` without case and accents."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", text.casefold()).translate(_LETTERS)
    return "".join(sign for sign in apart if not unicodedata.combining(sign))


def sounds(word: str) -> frozenset[str]:
    """Return how a folded word sounds; nothing for what has no Latin letters or one sound only."""
    if not word.isalpha():
        return frozenset()
    return frozenset(code for code in doublemetaphone(word) if len(code) > 1)


def sounds_as(word: str, codes: frozenset[str]) -> bool:
    """Say whether a folded word sounds like one of which `codes` are the sounds."""
    return bool(codes) and word.isalpha() and not codes.isdisjoint(doublemetaphone(word))


def plain_number(text: str) -> str:
    """Return a case number without spaces and signs: `24 CR-10001` is `24cr10001`."""
    return "".join(sign for sign in fold(text) if sign.isalnum())


def digits(text: str) -> str:
    return "".join(sign for sign in text if sign in "0123456789")


def days_meant(typed: str) -> frozenset[date]:
    """Return the birth dates that `typed` may mean: `3/14/1990`, `1990-03-14`, `Mar 14, 1990` …

    Month first, as the court writes it; day first only where nothing else is possible.
    Two digits of a year stand for either century.
    """
    text = typed.strip().lower()
    found: set[date | None] = set()
    if parts := _NUMERIC.fullmatch(text) or _RUN.fullmatch(text):
        first, second, year = (int(part) for part in parts.groups())
        years = (year,) if year > 99 else (1900 + year, 2000 + year)
        for each in years:
            found.add(_day(each, first, second) or _day(each, second, first))
    if parts := _ISO.fullmatch(text):
        found.add(_day(*(int(part) for part in parts.groups())))
    if parts := _MONTH_FIRST.fullmatch(text):
        found.add(_day(int(parts[3]), _month(parts[1]), int(parts[2])))
    if parts := _DAY_FIRST.fullmatch(text):
        found.add(_day(int(parts[3]), _month(parts[2]), int(parts[1])))
    return frozenset(day for day in found if day)


def _month(word: str) -> int:
    return _MONTHS.index(word[:3]) + 1 if word[:3] in _MONTHS else 0


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
