"""Write days as a calendar file (RFC 5545): plain words, moments in UTC."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

HEAD = {"version": "2.0", "prodid": "-//Diversion//Days//EN", "method": "PUBLISH"}


@dataclass(frozen=True)
class Entry:
    """One day: `key` stays the same when hours change. No text here names a person."""

    key: str
    starts: datetime
    ends: datetime
    title: str
    place: str = ""


def at(zone: str, day: date, hour: time) -> datetime:
    """Return the moment of an hour on the court's wall."""
    return datetime.combine(day, hour, ZoneInfo(zone))


def calendar(entries: Iterable[Entry], *, now: datetime) -> bytes:
    """Return the file."""
    made = Calendar()
    for name, value in HEAD.items():
        made.add(name, value)
    for each in entries:
        made.add_component(
            Event.new(
                uid=f"{each.key}@days", stamp=now,
                start=each.starts.astimezone(UTC), end=each.ends.astimezone(UTC),
                summary=_plain(each.title), location=_plain(each.place),
            )
        )  # fmt: skip
    file: bytes = made.to_ical()
    return file


def _plain(text: str) -> str:
    return " ".join(text.split())
