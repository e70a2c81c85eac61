"""Find the people of this program and open a person's page."""

from typing import Any

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from diversion.community_court.file import dates
from diversion.core.database import reading
from diversion.core.tracks import Track
from diversion.enrollments.people import lists
from diversion.enrollments.people.lists import Line
from diversion.enrollments.people.rules import Group
from diversion.participants.search import TooShort
from diversion.staff.access import requires, signed_in
from diversion.staff.permissions import Permission
from diversion.web.calendar import court_today
from diversion.web.paging import address_with

bp = Blueprint("file", __name__)
TRACK = Track.COMMUNITY_COURT


@bp.get("/participants")
@requires(Permission.COURT_FIND)
def find() -> ResponseReturnValue:
    """List whom one may see."""
    group = Group.asked(request.args.get("status", ""))
    with reading():
        page, lines = lists.page(TRACK, group, by=signed_in())
    return render_template(
        "community_court/file/find.html", page=page, shown=_chips(group), **_shown(lines)
    )


@bp.post("/participants")
@requires(Permission.COURT_FIND)
def search() -> ResponseReturnValue:
    """Answer a search; it is posted, so that no name is ever in an address."""
    text, too_short = request.form.get("q", "").strip()[:100], False
    lines: list[Line] = []
    try:
        with reading():
            lines = lists.hits(TRACK, text, by=signed_in())
    except TooShort:
        too_short = True
    part = "hits" if request.headers.get("HX-Request") else "search"
    return render_template(
        f"community_court/file/{part}.html", text=text, too_short=too_short, **_shown(lines)
    )


def _shown(lines: list[Line]) -> dict[str, Any]:
    soon = dates.next_days([line.id for line in lines], on=court_today())
    return {"lines": lines, "soon": soon, "address": _address}


def _address(number: str) -> str:
    return f"{request.path}/{number}"


def _chips(group: Group) -> list[dict[str, Any]]:
    return [
        {"label": each.words, "href": address_with(status=each.value, page=None),
         "current": each is group}
        for each in Group
    ]  # fmt: skip
