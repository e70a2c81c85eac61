"""Make docket days and end them."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from diversion.audit.models import Act
from diversion.audit.services import record
from diversion.community_court.dockets import queries, rules
from diversion.community_court.dockets.models import Docket
from diversion.core.database import db
from diversion.core.errors import Refused
from diversion.core.handles import new_handle
from diversion.core.tracks import Track
from diversion.core.words import _, counted
from diversion.enrollments.terms.queries import closed_days
from diversion.partners.venues.models import Compartment, Place
from diversion.partners.venues.services import book
from diversion.staff.models import Staff

COMPARTMENT = Compartment.A
TRACK = Track.COMMUNITY_COURT


class DayPassed(Refused):
    """Docket days are made ahead."""

    sentence = _("This day has passed.")
    field = "held_on"


def make(
    held_on: date,
    starts: time,
    ends: time,
    *,
    place: Place,
    zone: str,
    court: str = "Community Court",
    judge: str = "",
    capacity: int = 20,
    by: Staff,
    on: date | None = None,
) -> Docket:
    """Make a docket day and book its room. `starts` and `ends` are wall time in `zone`.

    `on` is the present court day; without it days of the past are allowed, for records
    kept before. Raises CourtClosed, BackToFront, DayPassed, PlaceNotFree.
    """
    if on is not None and held_on < on:
        raise DayPassed
    rules.check_day(held_on, starts, ends, closed_days(held_on, held_on))
    booking = book(
        place, _instant(held_on, starts, zone), _instant(held_on, ends, zone),
        compartment=COMPARTMENT, by=by,
    )  # fmt: skip
    made = Docket(
        handle=f"{held_on.isoformat()}-{new_handle(4)}", held_on=held_on, starts=starts, ends=ends,
        court=court, judge=judge, capacity=capacity, place_id=place.id, booking_id=booking.id,
    )  # fmt: skip
    made.place = place
    db.session.add(made)
    db.session.flush()
    record(Act.DOCKET_MADE, about(made), by=by, track=TRACK)
    return made


def docket_on(day: date) -> Docket:
    """Return the docket of a day that someone typed. Raises CourtClosed, NoDocket."""
    found = next((each for each in queries.on_day(day) if each.ended_at is None), None)
    if found is not None:
        return found
    if day in closed_days(day, day):
        raise rules.CourtClosed(field="next_on")
    raise NoDocket


class NoDocket(Refused):
    """Dates are docket days."""

    sentence = _("There is no docket on this day. Make the docket day first.")
    field = "next_on"


def end(docket: Docket, *, open_lines: int, by: Staff, now: datetime) -> None:
    """Close a docket. Raises LinesOpen while a line has no result."""
    if open_lines:
        raise LinesOpen(
            counted(
                "One person has no outcome yet.", "{count} people have no outcome yet.", open_lines
            )
        )
    docket.ended_at, docket.ended_by = now, by.id
    db.session.flush()
    record(Act.DOCKET_ENDED, about(docket), by=by, track=TRACK)


class LinesOpen(Refused):
    """Every line of a docket has a result before the docket closes."""


def about(docket: Docket) -> str:
    return f"docket:{docket.handle}"


def _instant(day: date, hour: time, zone: str) -> datetime:
    return datetime.combine(day, hour, ZoneInfo(zone)).astimezone(UTC)
