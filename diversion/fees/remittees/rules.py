"""Split an amount among remittees without loss, and say what a split may be."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from diversion.core.errors import Invalid, Refused
from diversion.core.money import Money
from diversion.core.words import _

AHEAD = timedelta(days=731)
WHOLE = 100


class HalfAShare(Invalid):
    """A share has both a name and a percentage."""

    sentence = _("Write a name and how many percent in each line.")
    field = "name_1"


class NotAHundred(Invalid):
    """Nothing of the fee stays, and nothing is invented."""

    sentence = _("The parts make {sum} percent. Let them make 100.")
    field = "percent_1"


class TwiceNamed(Invalid):
    """A remittee has one share."""

    sentence = _("Name each office once.")
    field = "name_1"


class NotThatDay(Refused):
    """What was taken stays split as it was."""

    sentence = _("A split begins today at the earliest, within two years, on a day of its own.")
    field = "in_force_on"


class NoSplit(Refused):
    """Nobody takes money of which nobody knows whose it is."""

    sentence = _("Say first to whom the state's fee is sent on, under Fee schedules.")


@dataclass(frozen=True)
class Share:
    """What of a hundred goes to an office."""

    name: str
    percent: int


def check(shares: Sequence[Share], on: date, today: date, *, taken: bool) -> None:
    """Raise HalfAShare, TwiceNamed, NotAHundred, NotThatDay; `taken`: the day has one already."""
    if not shares or not all(each.name and each.percent > 0 for each in shares):
        raise HalfAShare
    if len({each.name.casefold() for each in shares}) < len(shares):
        raise TwiceNamed
    whole = sum(each.percent for each in shares)
    if whole != WHOLE:
        raise NotAHundred(_(NotAHundred.sentence.text, sum=whole))
    if not today <= on <= today + AHEAD or taken:
        raise NotThatDay


def divide(amount: Money, percents: Mapping[int, int]) -> dict[int, Money]:
    """Return what of an amount is due to whom; largest remainder, the first one first."""
    found = {key: divmod(amount.cents * percent, WHOLE) for key, percent in percents.items()}
    missing = amount.cents - sum(whole for whole, _rest in found.values())
    by_rest = sorted(found, key=lambda key: (-found[key][1], key))
    return {
        key: Money(whole + (1 if key in by_rest[:missing] else 0))
        for key, (whole, _rest) in found.items()
    }
