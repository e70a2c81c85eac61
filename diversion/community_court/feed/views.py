"""Give a calendar link to the docket days."""

from datetime import timedelta

from flask import Blueprint
from flask.typing import ResponseReturnValue

from diversion.community_court.appearances import places
from diversion.community_court.dockets.queries import sittings
from diversion.core.tracks import Track
from diversion.core.words import counted
from diversion.participants.access import visible_to
from diversion.staff.access import public, requires
from diversion.staff.feeds import answers
from diversion.staff.feeds.answers import Days
from diversion.staff.models import Staff
from diversion.staff.permissions import Permission
from diversion.web.calendar import court_today, court_zone
from diversion.web.feeds import Entry, at
from diversion.web.limits import limiter

bp = Blueprint("feed", __name__)
file = Blueprint("feed_file", __name__)  # outside the pages of people: no one is in it
BACK, AHEAD = timedelta(days=31), timedelta(days=366)


def entries(staff: Staff) -> list[Entry]:
    """Return the docket days of the last month and the next year, with the people in reach."""
    found = sittings(court_today() - BACK, court_today() + AHEAD)
    scope = visible_to(staff, Track.COMMUNITY_COURT)
    people, zone = places.counts([each.id for each in found], scope), court_zone()
    return [
        Entry(
            each.handle, at(zone, each.held_on, each.starts), at(zone, each.held_on, each.ends),
            str(counted("Docket, 1 person", "Docket, {count} people", people.get(each.id, 0))),
            each.room,
        )
        for each in found
    ]  # fmt: skip


DAYS = Days(
    Track.COMMUNITY_COURT, Permission.DOCKET_READ, entries, "community_court.calendar.show",
    "community_court.feed_file.send",
)  # fmt: skip


@bp.route("/calendar-link", methods=["GET", "POST"])
@requires(Permission.DOCKET_READ)
def link() -> ResponseReturnValue:
    return answers.link(DAYS)


@file.get("/calendar/dockets/<string(length=43):token>.ics")
@public
@limiter.limit("60 per minute")
def send(token: str) -> ResponseReturnValue:
    """Send the docket days of whoever holds the link; anybody else finds nothing."""
    return answers.feed(DAYS, token)
