"""Lay out a month of docket days as weeks of days."""

from calendar import Calendar
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Select

from diversion.community_court.appearances import places, queries
from diversion.community_court.dockets import queries as dockets
from diversion.community_court.dockets.models import Docket
from diversion.community_court.dockets.queries import Sitting
from diversion.community_court.dockets.services import COMPARTMENT
from diversion.enrollments.terms.queries import closed_days
from diversion.partners.venues.queries import taken
from diversion.partners.venues.rules import PlaceNotFree, Taken, keep_apart

SUNDAY = 6


@dataclass(frozen=True)
class Event:
    """A docket day on the calendar: how many are on it and what is still open."""

    handle: str
    held_on: date
    starts: time
    people: int
    places: int
    open: int
    is_ended: bool
    is_today: bool
    is_past: bool


@dataclass(frozen=True)
class Day:
    """A day of the calendar; `closed` is a holiday's name, `room` one that can't be had."""

    on: date
    is_outside: bool
    is_off: bool
    is_today: bool
    events: tuple[Event, ...]
    closed: str
    room: str


@dataclass(frozen=True)
class Month:
    """A month with its weeks, Sunday first."""

    first: date
    before: date
    after: date
    weeks: tuple[tuple[Day, ...], ...]

    @property
    def events(self) -> list[Event]:
        """Return the docket days of the month itself."""
        inside = (day for week in self.weeks for day in week if not day.is_outside)
        return [event for day in inside for event in day.events]

    @property
    def people(self) -> int:
        return sum(event.people for event in self.events)


def month(first: date, *, today: date, zone: str, scope: Select[int]) -> Month:
    """Return a month of docket days; the number of statements is the same for every month.

    People are counted who are within reach, free places as they are.
    """
    weeks = Calendar(SUNDAY).monthdatescalendar(first.year, first.month)
    begins, ends = weeks[0][0], weeks[-1][-1]
    sittings = dockets.sittings(begins, ends)
    events = _events(sittings, today, scope)
    closed = closed_days(begins, ends)
    rooms = _not_available(begins, ends, {each.held_on for each in sittings} | set(closed), zone)
    return Month(
        first,
        (first - timedelta(days=1)).replace(day=1),
        (first + timedelta(days=31)).replace(day=1),
        tuple(
            tuple(_day(on, first, today, events, closed, rooms) for on in week) for week in weeks
        ),
    )


def _day(
    on: date,
    first: date,
    today: date,
    events: list[Event],
    closed: Mapping[date, str],
    rooms: Mapping[date, str],
) -> Day:
    outside = on.month != first.month
    return Day(
        on, outside, outside or on.weekday() >= 5, on == today,
        tuple(event for event in events if event.held_on == on),
        closed.get(on, ""), rooms.get(on, ""),
    )  # fmt: skip


def _events(sittings: list[Sitting], today: date, scope: Select[int]) -> list[Event]:
    ids = [each.id for each in sittings]
    everybody, people = places.counts(ids), places.counts(ids, scope)
    open_ = queries.open_counts(ids, scope)
    return [
        Event(
            each.handle, each.held_on, each.starts, people.get(each.id, 0),
            each.capacity - everybody.get(each.id, 0), open_.get(each.id, 0), each.is_ended,
            each.held_on == today, each.held_on < today,
        )
        for each in sittings
    ]  # fmt: skip


def _not_available(first: date, last: date, skipped: set[date], zone: str) -> dict[date, str]:
    """Return the days on which the usual room can't be had at the usual hours, and no reason."""
    usual = dockets.latest()
    if usual is None:
        return {}
    here = ZoneInfo(zone)
    begins, ends = (datetime.combine(day, time(0), here) for day in (first, last))
    others = taken(usual.place.building, begins, ends + timedelta(days=1))
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return {
        day: usual.place.name
        for day in days
        if day not in skipped and not _is_free(usual, day, here, others)
    }


def _is_free(usual: Docket, day: date, here: ZoneInfo, others: list[Taken]) -> bool:
    starts, ends = (datetime.combine(day, hour, here) for hour in (usual.starts, usual.ends))
    try:
        keep_apart(Taken(usual.place_id, COMPARTMENT, starts, ends), others)
    except PlaceNotFree:
        return False
    return True
