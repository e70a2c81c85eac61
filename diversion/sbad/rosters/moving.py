"""Move one person to another class day."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from diversion.audit.models import Act
from diversion.core import clock
from diversion.core.database import reading, transaction
from diversion.core.words import _
from diversion.sbad.classes import queries as classes
from diversion.sbad.rosters import lines, queries, waiting
from diversion.sbad.rosters.days import open_days
from diversion.sbad.rosters.forms import DayForm
from diversion.staff.access import requires, signed_in
from diversion.staff.permissions import Permission
from diversion.web.calendar import at_court, court_today
from diversion.web.flash import flash_done
from diversion.web.forms import refused

bp = Blueprint("moving", __name__)


@bp.route("/<dated:handle>/people/<handle:registration>/day", methods=["GET", "POST"])
@requires(Permission.REGISTRATION_MANAGE)
def move(handle: str, registration: str) -> ResponseReturnValue:
    """Choose the other day; the seat that becomes free goes to the next in line."""
    form = DayForm()
    form.offer(open_days(at_court(clock.now()), handle))
    if form.validate_on_submit():
        with refused(form), transaction():
            _move(handle, registration, form.day.data)
            flash_done(_("Moved. The seat here is given on to the waiting list, if there is one."))
            return redirect(url_for("sbad.days.show", handle=form.day.data), 303)
    with reading():
        session = classes.class_for(handle, by=signed_in())
        row = queries.registration_for(registration, session.id)
        who = lines.one(session, row, by=signed_in(), why=Act.ROSTER_SHOWN)
    return render_template(
        "sbad/rosters/move.html", form=form, session=session, who=who, row=row
    ), form.status


def _move(handle: str, registration: str, to: str) -> None:
    session = classes.class_for(handle, by=signed_in())
    row = queries.registration_for(registration, session.id)
    target = classes.class_for(to, by=signed_in())
    waiting.move(row, target, by=signed_in(), on=court_today(), now=clock.now())
