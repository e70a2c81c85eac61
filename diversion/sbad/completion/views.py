"""Say on one screen why somebody is not complete, and from when they can be."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from diversion.core.database import reading
from diversion.sbad.completion.why import why
from diversion.staff.access import requires, signed_in
from diversion.staff.permissions import Permission
from diversion.web.calendar import court_today

bp = Blueprint("completion", __name__)


@bp.get("/completion")
@requires(Permission.SBAD_FILE_READ)
def show(number: str) -> ResponseReturnValue:
    with reading():
        found = why(number, by=signed_in(), on=court_today())
    return render_template(
        "sbad/completion/show.html", why=found, number=number, today=court_today()
    )
