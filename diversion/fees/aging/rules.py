"""Say how old money is by the day on which each part of it is due."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from diversion.core.money import ZERO, Money
from diversion.core.words import Worded, _


class Age(Worded):
    """How long something is past its day."""

    CURRENT = "current", _("Current")
    TO_30 = "1-30", _("1–30 days")
    TO_60 = "31-60", _("31–60 days")
    TO_90 = "61-90", _("61–90 days")
    OVER_90 = "over-90", _("Over 90 days")


_MOST = ((0, Age.CURRENT), (30, Age.TO_30), (60, Age.TO_60), (90, Age.TO_90))


@dataclass(frozen=True)
class Aged:
    """What is open, by age."""

    by_age: tuple[tuple[Age, Money], ...]

    @property
    def total(self) -> Money:
        return Money.total(amount for _age, amount in self.by_age)

    @property
    def behind(self) -> Money:
        return self.total - self.by_age[0][1]

    def __add__(self, other: "Aged") -> "Aged":
        pairs = zip(self.by_age, other.by_age, strict=True)
        return Aged(tuple((age, here + there) for (age, here), (_age, there) in pairs))


NOTHING = Aged(tuple((age, ZERO) for age in Age))


def age_of(due_on: date, on: date) -> Age:
    late = (on - due_on).days
    return next((age for most, age in _MOST if late <= most), Age.OVER_90)


def aged(parts: Iterable[tuple[date, Money]], on: date) -> Aged:
    """Sort what is open by how long it is past its day on `on`."""
    sums = dict.fromkeys(Age, ZERO)
    for due_on, amount in parts:
        sums[age_of(due_on, on)] += amount
    return Aged(tuple(sums.items()))
