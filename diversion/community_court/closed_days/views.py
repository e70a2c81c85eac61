"""List the days of a year on which the court is closed, and change one."""

from datetime import date

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from diversion.community_court.closed_days.forms import OPEN, ClosedDayForm
from diversion.core.database import transaction
from diversion.core.words import _
from diversion.enrollments.terms.queries import closed_days
from diversion.enrollments.terms.services import set_day
from diversion.staff.access import requires, signed_in
from diversion.staff.permissions import Permission
from diversion.web.calendar import court_today
from diversion.web.flash import flash_done
from diversion.web.forms import refused
from diversion.web.paging import asked

bp = Blueprint("closed_days", __name__)
FIRST_YEAR, LAST_YEAR = 2000, 2100


@bp.route("/closed-days", methods=["GET", "POST"])
@requires(Permission.DOCKET_MANAGE)
def show() -> ResponseReturnValue:
    """Show a year, and take a day of the county's own."""
    form, now = ClosedDayForm(), court_today().year
    year = max(FIRST_YEAR, asked("year", now, LAST_YEAR))
    if form.validate_on_submit():
        with refused(form), transaction():
            day = form.closed_on.data
            if form.is_first():
                is_open = form.is_what.data == OPEN
                set_day(day, form.name.data or "", is_open=is_open, by=signed_in())
            flash_done(_("Kept. Dockets that are there already stay until you move them."))
            return redirect(url_for(".show", year=day.year), 303)
    return render_template(
        "community_court/closed_days/show.html", form=form, year=year,
        years=[each for each in (now - 1, now, now + 1) if each != year],
        days=closed_days(date(year, 1, 1), date(year, 12, 31)),
    ), form.status  # fmt: skip
