"""Give a calendar link to one's class days."""

from datetime import timedelta

from flask import Blueprint
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from diversion.core.database import db
from diversion.core.tracks import Track
from diversion.core.words import counted
from diversion.sbad.classes.models import ClassSession
from diversion.sbad.classes.queries import within_reach
from diversion.sbad.classes.rules import TO_TEACH
from diversion.sbad.rosters.queries import seats
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
BACK = timedelta(days=31)


def entries(staff: Staff) -> list[Entry]:
    """Return the class days that somebody may open: the last month, and those to come."""
    found = db.session.scalars(
        select(ClassSession)
        .where(
            ClassSession.id.in_(within_reach(staff)), ClassSession.state.in_(TO_TEACH),
            ClassSession.held_on >= court_today() - BACK,
        )
        .order_by(ClassSession.held_on, ClassSession.id)
    ).unique().all()  # fmt: skip
    taken, zone = seats([each.id for each in found]), court_zone()
    return [
        Entry(
            each.handle, at(zone, each.held_on, each.starts), at(zone, each.held_on, each.ends),
            str(counted("Class, 1 person", "Class, {count} people", taken[each.id][0])),
            each.place.name if each.place else "",
        )
        for each in found
    ]  # fmt: skip


DAYS = Days(Track.SBAD, Permission.CLASS_READ, entries, "sbad.days.listing", "sbad.feed_file.send")


@bp.route("/calendar-link", methods=["GET", "POST"])
@requires(Permission.CLASS_READ)
def link() -> ResponseReturnValue:
    return answers.link(DAYS)


@file.get("/calendar/classes/<string(length=43):token>.ics")
@public
@limiter.limit("60 per minute")
def send(token: str) -> ResponseReturnValue:
    """Send the class days of whoever holds the link; anybody else finds nothing."""
    return answers.feed(DAYS, token)
