"""Show the front page of the fund: its rooms, and what the person may enter."""

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from diversion.fund.reconciliation.figures import figures
from diversion.fund.sections import PARTS, Part
from diversion.staff.access import requires, signed_in
from diversion.staff.permissions import Permission

bp = Blueprint("front", __name__)


@bp.get("")
@requires(Permission.LEDGER_READ)
def show() -> ResponseReturnValue:
    """List the rooms of the fund that are open to this person, and what nobody can explain."""
    return render_template(
        "fund/front/show.html", parts=[_open(part) for part in PARTS], bank=figures()
    )


def _open(part: Part) -> dict[str, object]:
    me = signed_in()
    return {
        "title": part.title,
        "sections": [
            {"label": each.label, "text": each.text, "url": url_for(each.endpoint)}
            for each in part.sections
            if any(me.may(permission) for permission in each.permissions)
        ],
    }
