"""Play acts in the order of their time, each in one transaction under a clock of its own."""

import heapq
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from itertools import count
from random import Random
from zoneinfo import ZoneInfo

from diversion.core.clock import standing_at
from diversion.core.database import transaction
from diversion.core.origin import Origin, coming_from

Act = Callable[[], object]
REHEARSAL = Origin(kind="command", name="rehearse")


@dataclass
class Stage:
    """The acts still to come, the court's zone, and one source of chance for all of them."""

    zone: str
    first_day: date
    today: date
    random: Random = field(default_factory=lambda: Random(1126))  # noqa: S311 (a play, no secret)
    _acts: list[tuple[datetime, int, Act]] = field(default_factory=list)
    _places: "count[int]" = field(default_factory=count)

    def instant(self, on: date, at: time) -> datetime:
        return datetime.combine(on, at, ZoneInfo(self.zone)).astimezone(UTC)

    def add(self, on: date, at: time, act: Act) -> None:
        """Let `act` happen on a day at an hour of the court; what lies ahead of now never does."""
        heapq.heappush(self._acts, (self.instant(on, at), next(self._places), act))

    def play(self, until: datetime) -> int:
        """Play every act up to `until`, those that acts add on the way included; count them."""
        played = 0
        while self._acts and self._acts[0][0] <= until:
            instant, _, act = heapq.heappop(self._acts)
            with standing_at(instant), coming_from(REHEARSAL), transaction():
                act()
            played += 1
        return played
