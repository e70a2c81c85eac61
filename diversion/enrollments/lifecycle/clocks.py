"""Say how a pause moves the days until which something is due."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from diversion.core.words import Sentence
from diversion.enrollments.codes import Clock


@dataclass(frozen=True)
class Moved:
    """A day before and after a pause."""

    what: Sentence | str
    before: date
    after: date


def days_lost(clock: Clock, began_on: date, ended_on: date) -> int:
    """Return by how many days due dates move on: never back, and not at all where days run."""
    if clock is Clock.RUNS:
        return 0
    return max(0, (ended_on - began_on).days)


def moved(days: Iterable[tuple[Sentence | str, date]], lost: int) -> list[Moved]:
    """Return every open day with what it becomes."""
    return [Moved(what, on, on + timedelta(days=lost)) for what, on in days]
