"""Read the shapes in which people write a day; None for what is no day."""

import re
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation

from diversion.core.workbooks.reading import Cell

EXCEL_BEGINS = date(1899, 12, 30)
MONTHS = {
    name: number
    for number, name in enumerate(
        "jan feb mar apr may jun jul aug sep oct nov dec".split(),  # noqa: SIM905 (reads better)
        start=1,
    )
}
NUMERIC_DAY = re.compile(r"(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4}|\d{2})")
ISO_DAY = re.compile(r"(\d{4})[/.-](\d{1,2})[/.-](\d{1,2})(?:[T ]\d{2}:\d{2}(?::\d{2})?)?")
MONTH_FIRST = re.compile(r"([A-Za-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4}|\d{2})")
DAY_FIRST = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[\s-]+([A-Za-z]{3,9})\.?,?[\s-]+(\d{4}|\d{2})")


def of_serial(digits: str) -> date | None:
    """Read a spreadsheet's count of days, or the eight digits of a date."""
    try:
        number = Decimal(digits)
    except InvalidOperation:
        return None
    if not 1 <= number <= 100_000:
        return _of_digits(digits)
    return EXCEL_BEGINS + timedelta(days=int(number))


def _of_digits(digits: str) -> date | None:
    """Read 20261130, which a workbook keeps as a number."""
    if not re.fullmatch(r"(19|20)\d{6}", digits):
        return None
    return _made(int(digits[:4]), int(digits[4:6]), int(digits[6:]))


def of_text(written: str, latest: date, day_first: bool) -> date | None:
    """Read a day in one of many shapes; a year of two digits does not pass `latest`."""
    if found := ISO_DAY.fullmatch(written):
        return _made(*(int(part) for part in found.groups()))
    if found := NUMERIC_DAY.fullmatch(written):
        first, second = int(found[1]), int(found[2])
        month, day_ = (second, first) if day_first else (first, second)
        return _in_year(found[3], month, day_, latest)
    if found := MONTH_FIRST.fullmatch(written):
        return _in_year(found[3], _month(found[1]), int(found[2]), latest)
    if found := DAY_FIRST.fullmatch(written):
        return _in_year(found[3], _month(found[2]), int(found[1]), latest)
    return _of_digits(written)


def _month(name: str) -> int:
    return MONTHS.get(name[:3].casefold(), 0)


def _in_year(digits: str, month: int, day_: int, latest: date) -> date | None:
    if len(digits) == 4:
        return _made(int(digits), month, day_)
    century = latest.year // 100 * 100
    found = _made(century + int(digits), month, day_)
    if found is not None and found <= latest:
        return found
    return _made(century - 100 + int(digits), month, day_)


def _made(year: int, month: int, day_: int) -> date | None:
    try:
        return date(year, month, day_)
    except ValueError:
        return None


def writes_day_first(cells: list[Cell]) -> bool:
    """Say whether a column of dates in text puts the day before the month.

    Only if some date can't be read otherwise, and none can't be read so.
    """
    found = [NUMERIC_DAY.fullmatch(" ".join(cell.text.split())) for cell in cells]
    pairs = [(int(match[1]), int(match[2])) for match in found if match]
    first_beyond = sum(first > 12 >= second for first, second in pairs)
    second_beyond = sum(second > 12 >= first for first, second in pairs)
    return first_beyond > 0 and second_beyond == 0
