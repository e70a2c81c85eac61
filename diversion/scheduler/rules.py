"""Say when a job was last due, also on the two days of the year when the clock is moved."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True)
class Daily:
    """Once a day at a wall time of the court's zone.

    A time that the clock jumps over is due as soon as it has jumped; one that comes
    twice is due the first time only.
    """

    hour: int
    minute: int

    def due_before(self, now: datetime, zone: str) -> datetime:
        """Return the last instant, not after `now`, at which this was due."""
        place = ZoneInfo(zone)
        day = now.astimezone(place).date() + timedelta(days=1)
        while True:
            wall = datetime.combine(day, time(self.hour, self.minute), tzinfo=place)
            due = wall.astimezone(UTC)
            if due <= now:
                return due
            day -= timedelta(days=1)


@dataclass(frozen=True)
class Hourly:
    """Once an hour, at a minute."""

    minute: int

    def due_before(self, now: datetime, zone: str) -> datetime:
        """Return the last instant, not after `now`, at which this was due.

        Hours are counted in UTC, so the court's zone does not matter.
        """
        due = now.astimezone(UTC).replace(minute=self.minute, second=0, microsecond=0)
        return due if due <= now else due - timedelta(hours=1)


@dataclass(frozen=True)
class Asked:
    """Whenever somebody asked for it: looked for every few seconds, and a run only then."""

    waits: Callable[[], bool] = field(repr=False)

    def due_before(self, now: datetime, zone: str) -> datetime | None:
        """Return `now` where something waits."""
        return now if self.waits() else None


When = Asked | Daily | Hourly
