"""Show the staffing sheet of a docket day, on screen and on paper."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from diversion.community_court.appearances.words import RESULTS
from diversion.community_court.dockets import queries as dockets
from diversion.community_court.staffing.sheet import sheet
from diversion.core.database import reading
from diversion.staff.access import requires, signed_in
from diversion.staff.permissions import Permission
from diversion.web.calendar import court_today

bp = Blueprint("staffing", __name__)


@bp.get("/dockets/<dated:docket>/staffing")
@requires(Permission.DOCKET_READ)
def show(docket: str) -> ResponseReturnValue:
    """Show one block a person; no money, no notes."""
    found = dockets.docket(docket)
    with reading():
        _board, briefs = sheet(found, by=signed_in(), today=court_today())
    return render_template(
        "community_court/staffing/show.html", docket=found, briefs=briefs, results=RESULTS
    )
