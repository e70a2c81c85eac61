"""Find the people for whom no seat is left in time, and say why someone needs a seat again."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from diversion.core.words import Worded, _


class Why(Worded):
    """What became of the last class day of someone who still needs the class."""

    NEVER = "never", _("Not in a class yet")
    CALLED_OFF = "called_off", _("The class was called off")
    EXCUSED = "excused", _("Was excused")
    ABSENT = "absent", _("Was not there")
    PART = "part", _("Was there in part")


class Danger(Worded):
    """How near it is that someone can't finish in time."""

    OVER = "over", _("The last day has passed")
    NO_SEAT = "no_seat", _("No seat before the last day")
    TOO_FEW = "too_few", _("Too few seats before the last day")


@dataclass(frozen=True)
class Wanting:
    """Someone who needs the class: `until` when, and the day of the seat they have, if any."""

    enrollment_id: int
    until: date | None
    seat_on: date | None = None

    @property
    def is_safe(self) -> bool:
        """Say whether nothing presses: no last day, or a seat before it."""
        return self.until is None or (self.seat_on is not None and self.seat_on <= self.until)


@dataclass(frozen=True)
class Free:
    """A class day to come and how many seats of it are left."""

    held_on: date
    seats: int


def in_danger(people: Iterable[Wanting], days: Sequence[Free], on: date) -> dict[int, Danger]:
    """Return, by enrollment, who can't be in a class before their last day as things stand.

    Where seats are left but fewer than people, those whose last day comes first get them.
    """
    free = sorted(each.held_on for each in days for _seat in range(each.seats))
    first, taken = (free[0] if free else None), 0
    found: dict[int, Danger] = {}
    pressed = [(each.until, each) for each in people if each.until and not each.is_safe]
    for until, each in sorted(pressed, key=lambda pair: (pair[0], pair[1].enrollment_id)):
        if until < on:
            found[each.enrollment_id] = Danger.OVER
        elif first is None or first > until:
            found[each.enrollment_id] = Danger.NO_SEAT
        elif taken < len(free) and free[taken] <= until:
            taken += 1
        else:
            found[each.enrollment_id] = Danger.TOO_FEW
    return found
