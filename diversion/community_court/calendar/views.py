"""Show a month of docket days."""

from datetime import date

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from diversion.community_court.calendar.months import month
from diversion.community_court.dockets import queries
from diversion.core.tracks import Track
from diversion.participants.access import visible_to
from diversion.staff.access import requires, signed_in
from diversion.staff.permissions import Permission
from diversion.web.calendar import court_today, court_zone

bp = Blueprint("calendar", __name__)


@bp.get("/dockets")
@requires(Permission.DOCKET_READ)
def show() -> ResponseReturnValue:
    """Show the month that the address asks for, else this one."""
    today = court_today()
    scope = visible_to(signed_in(), Track.COMMUNITY_COURT)
    first = _asked(request.args.get("month", ""), today)
    shown = month(first, today=today, zone=court_zone(), scope=scope)
    return render_template(
        "community_court/calendar/show.html", month=shown, usual=queries.latest(), today=today
    )


def _asked(text: str, today: date) -> date:
    try:
        asked = date.fromisoformat(f"{text}-01")
    except ValueError:
        return today.replace(day=1)
    return asked if 1990 <= asked.year <= 2100 else today.replace(day=1)
