"""Enter a roll from the paper sheet: the number of a row, and A or L."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from diversion.audit.models import Act
from diversion.core import clock
from diversion.core.database import reading, transaction
from diversion.core.words import _
from diversion.sbad.attendance import services
from diversion.sbad.attendance.paper_forms import PaperForm
from diversion.sbad.attendance.rules import WHOLE_DAY
from diversion.sbad.classes import queries as classes
from diversion.sbad.rosters import lines
from diversion.staff.access import requires, signed_in
from diversion.staff.permissions import Permission
from diversion.web.calendar import court_today
from diversion.web.flash import flash_done
from diversion.web.forms import refused

bp = Blueprint("paper", __name__)


@bp.route("/<dated:handle>/paper", methods=["GET", "POST"])
@bp.route("/<dated:handle>/modules/<int:module>/paper", methods=["GET", "POST"])
@requires(Permission.ATTENDANCE_MARK)
def enter(handle: str, module: int = WHOLE_DAY) -> ResponseReturnValue:
    """Ask for the rows of the sheet; their names stand beside them, to compare."""
    form = PaperForm()
    if form.validate_on_submit():
        with refused(form), transaction():
            _mark(handle, form, module)
            there = url_for("sbad.attendance.show", handle=handle, module=module or None)
            return redirect(there, 303)
    with reading():
        session = classes.class_for(handle, by=signed_in())
        people = lines.of_class(session, by=signed_in(), why=Act.ROLL_SHOWN)
    form.rows.data = " ".join(each.handle for each in people)
    page = render_template(
        "sbad/attendance/paper.html", session=session, people=people, form=form,
        module=module or None,
    )  # fmt: skip
    return page, form.status


def _mark(handle: str, form: PaperForm, module: int) -> None:
    session = classes.class_for(handle, by=signed_in())
    now, by = clock.now(), signed_in()
    services.record(session, form.marks(now, module), by=by, on=court_today(), now=now)
    if form.rest.data:
        services.mark_rest(session, form.key, module=module, by=by, on=court_today(), now=now)
    flash_done(_("Entered from the paper sheet."))
