"""Say on which days a class is held again, and what a class day needs before people come."""

from datetime import date, timedelta

from diversion.core.errors import Refused
from diversion.core.words import Worded, _

WEEK = timedelta(weeks=1)


class Every(Worded):
    """How often a class day is repeated."""

    WEEK = "week", _("Every week")
    TWO_WEEKS = "two_weeks", _("Every two weeks")
    FOUR_WEEKS = "four_weeks", _("Every four weeks")
    MONTH = "month", _("Every month, on the same weekday of the month")


WEEKS = {Every.WEEK: 1, Every.TWO_WEEKS: 2, Every.FOUR_WEEKS: 4}


class NotYetWhole(Refused):
    """A draft is opened when people can be told where to come and who teaches."""

    sentence = _("Choose a room and who teaches first. Then open it for registration.")


def repeated(first: date, every: Every, count: int) -> list[date]:
    """Return the `count` days after `first`.

    By the month, the third Saturday is followed by the next third Saturday; a fifth one by
    the last of a month that has only four.
    """
    if every in WEEKS:
        return [first + WEEK * WEEKS[every] * number for number in range(1, count + 1)]
    return [_in_month(first, number) for number in range(1, count + 1)]


def _in_month(first: date, later: int) -> date:
    year, month = divmod(first.year * 12 + first.month - 1 + later, 12)
    begin = date(year, month + 1, 1)
    day = begin + timedelta((first.weekday() - begin.weekday()) % 7) + WEEK * ((first.day - 1) // 7)
    is_inside = (day.year, day.month) == (year, month + 1)
    return day if is_inside else day - WEEK
