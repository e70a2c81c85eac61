"""Find the people for whom no seat is left in time, and say why someone needs a seat again."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from diversion.core.words import Worded, _

USUAL = "en"


class Why(Worded):
    """What became of the last class day of someone who still needs the class."""

    NEVER = "never", _("Not in a class yet")
    CALLED_OFF = "called_off", _("The class was called off")
    EXCUSED = "excused", _("Was excused")
    ABSENT = "absent", _("Was not there")
    PART = "part", _("Was there in part")
    ANOTHER = "another", _("Took a class, needs one more")


class Danger(Worded):
    """How near it is that someone can't finish in time."""

    OVER = "over", _("The last day has passed")
    NO_SEAT = "no_seat", _("No seat before the last day")
    TOO_FEW = "too_few", _("Too few seats before the last day")
    LANGUAGE = "language", _("A seat in time only in another language")


@dataclass(frozen=True)
class Wanting:
    """Someone who needs the class: `until` when, the day of the seat they have, their language."""

    enrollment_id: int
    until: date | None
    seat_on: date | None = None
    language: str = USUAL

    @property
    def is_safe(self) -> bool:
        """Say whether nothing presses: no last day, or a seat before it."""
        return self.until is None or (self.seat_on is not None and self.seat_on <= self.until)


@dataclass(frozen=True)
class Free:
    """A class day to come, how many seats of it are left, and its language."""

    held_on: date
    seats: int
    language: str = USUAL


def in_danger(people: Iterable[Wanting], days: Sequence[Free], on: date) -> dict[int, Danger]:
    """Return, by enrollment, who can't be in a class before their last day as things stand.

    Where seats are left but fewer than people, those whose last day comes first get them.
    Whoever speaks a language in which the class is held needs a seat there; all others come
    to the usual one, with an interpreter.
    """
    seats: dict[str, list[date]] = {USUAL: []}
    for day in days:
        seats.setdefault(day.language, []).extend([day.held_on] * day.seats)
    speak: dict[str, list[tuple[date, int]]] = {language: [] for language in seats}
    for each in people:
        if each.until and not each.is_safe:
            language = each.language if each.language in seats else USUAL
            speak[language].append((each.until, each.enrollment_id))
    found, usual = _placed(speak.pop(USUAL), seats[USUAL], on)
    for language, pressed in speak.items():
        without, _left = _placed(pressed, seats[language], on)
        again = [(until, id_) for until, id_ in pressed if id_ in without and until >= on]
        nowhere, usual = _placed(again, usual, on)
        found |= without | {id_: Danger.LANGUAGE for _u, id_ in again if id_ not in nowhere}
    return found


def _placed(
    pressed: Iterable[tuple[date, int]], seats: Iterable[date], on: date
) -> tuple[dict[int, Danger], list[date]]:
    """Give out the seats; return who gets none, with the reason, and the seats that are left."""
    free = sorted(seats)
    first, taken = (free[0] if free else None), 0
    found: dict[int, Danger] = {}
    for until, enrollment_id in sorted(pressed):
        if until < on:
            found[enrollment_id] = Danger.OVER
        elif first is None or first > until:
            found[enrollment_id] = Danger.NO_SEAT
        elif taken < len(free) and free[taken] <= until:
            taken += 1
        else:
            found[enrollment_id] = Danger.TOO_FEW
    return found, free[taken:]
