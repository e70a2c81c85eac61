"""Split what is open into instalments without losing a cent, and say what of them is unpaid."""

import calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from diversion.core.errors import Invalid, Refused
from diversion.core.money import ZERO, Money
from diversion.core.words import Worded, _
from diversion.fees.rules import Due

MOST_INSTALMENTS = 60
A_YEAR = timedelta(days=366)


class Every(Worded):
    """How far instalments lie apart."""

    MONTH = "month", _("Every month")
    TWO_WEEKS = "two_weeks", _("Every two weeks")
    WEEK = "week", _("Every week")


_DAYS = {Every.TWO_WEEKS: 14, Every.WEEK: 7}


class NothingToPlan(Refused):
    """A plan is for what is open."""

    sentence = _("Nothing is owed, so there is nothing to plan.")


class TooSmall(Invalid):
    """Every instalment is at least a cent."""

    sentence = _("That is more instalments than cents. Choose fewer.")
    field = "count"


class StartsTooEarly(Invalid):
    """The first instalment is not due before the plan is made."""

    sentence = _("The first instalment is due today at the earliest.")
    field = "first_on"


class StartsTooLate(Invalid):
    """A plan that begins in years is a slip of the finger."""

    sentence = _("The first instalment is due within a year.")
    field = "first_on"


class NotSignedThen(Invalid):
    """A paper is signed after it was made, and before that is recorded."""

    field = "signed_on"


def check_start(first_on: date, on: date) -> None:
    """Raise StartsTooEarly, StartsTooLate."""
    if first_on < on:
        raise StartsTooEarly
    if first_on > on + A_YEAR:
        raise StartsTooLate


def check_signature(signed_on: date, made_on: date, on: date) -> None:
    """Raise NotSignedThen."""
    if not made_on <= signed_on <= on:
        first = f"{made_on:%m/%d/%Y}"
        raise NotSignedThen(
            _("Write the day on which it was signed: from {first} to today.", first=first)
        )


@dataclass(frozen=True)
class Slice:
    """The part of one instalment that settles one obligation."""

    number: int
    obligation: int
    due_on: date
    amount: Money


def due_dates(first: date, count: int, every: Every) -> list[date]:
    """Return when instalments are due; a month keeps its day, or takes its last one."""
    if every in _DAYS:
        return [first + timedelta(days=_DAYS[every] * step) for step in range(count)]
    return [_months_later(first, step) for step in range(count)]


def _months_later(first: date, months: int) -> date:
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(first.day, last))


def split(dues: Sequence[Due], days: Sequence[date]) -> list[Slice]:
    """Divide all that is open into one instalment a day, the larger first, oldest fee first.

    The parts differ by at most a cent and add up to what is open, in all and fee by fee.
    Raises NothingToPlan, TooSmall.
    """
    total = Money.total(due.open for due in dues)
    if total <= ZERO:
        raise NothingToPlan
    if total.cents < len(days):
        raise TooSmall
    oldest_first = sorted(dues, key=lambda due: (due.due_on, due.obligation))
    left = [[due.obligation, due.open.cents] for due in oldest_first if due.open > ZERO]
    slices: list[Slice] = []
    for number, (due_on, share) in enumerate(zip(days, total.shares(len(days)), strict=True), 1):
        slices += _cut(left, number, due_on, share.cents)
    return slices


def _cut(left: list[list[int]], number: int, due_on: date, cents: int) -> list[Slice]:
    """Take `cents` off the front of what is left; `left` holds obligation and cents."""
    found = []
    while cents:
        obligation, there = left[0]
        part = min(cents, there)
        found.append(Slice(number, obligation, due_on, Money(part)))
        cents -= part
        left[0][1] -= part
        if not left[0][1]:
            left.pop(0)
    return found


def unpaid(open_: Money, due_on: date, slices: Sequence[Slice]) -> list[tuple[date, Money]]:
    """Return what of one obligation is open, by the day it is due.

    What was settled since settles the oldest instalment first; a payment that is taken
    back so reopens its instalment at its own day. What is open beyond the plan is due as
    it was charged.
    """
    planned = Money.total(each.amount for each in slices)
    settled = max(planned - open_, ZERO)
    found: list[tuple[date, Money]] = []
    if open_ > planned:
        found.append((due_on, open_ - planned))
    for each in sorted(slices, key=lambda each: each.number):
        part = min(settled, each.amount)
        settled -= part
        if each.amount > part:
            found.append((each.due_on, each.amount - part))
    return sorted(found)
