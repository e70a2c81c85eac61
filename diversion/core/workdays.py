"""Count the days on which an office works: no weekends, no days on which the court is closed."""

from collections.abc import Container
from datetime import date, timedelta

SATURDAY = 5
DAY = timedelta(days=1)


def is_workday(day: date, closed: Container[date] = ()) -> bool:
    return day.weekday() < SATURDAY and day not in closed


def after(day: date, count: int, closed: Container[date] = ()) -> date:
    """Return the day that lies `count` workdays after `day`."""
    while count > 0:
        day += DAY
        count -= is_workday(day, closed)
    return day


def before(day: date, closed: Container[date] = ()) -> date:
    """Return the last workday before `day`."""
    day -= DAY
    while not is_workday(day, closed):
        day -= DAY
    return day
