"""Show what is charged from which day on, and put a new schedule in force."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from diversion.core.database import transaction
from diversion.core.tracks import Track
from diversion.core.words import _
from diversion.fees.schedules import queries, services
from diversion.fees.schedules.forms import ScheduleForm
from diversion.ledger.earmarks import earmarks
from diversion.staff.access import fresh_factor, requires, signed_in
from diversion.staff.permissions import Permission
from diversion.web.calendar import court_today
from diversion.web.flash import flash_done
from diversion.web.forms import refused

bp = Blueprint("schedules", __name__, url_prefix="/schedules")
TRACK = Track.SBAD


@bp.get("")
@requires(Permission.FEE_READ, Permission.LEDGER_READ)
def show_all() -> ResponseReturnValue:
    """List the schedules, the one in force marked; none is ever edited."""
    return render_template(
        "fees/schedules/show_all.html", schedules=queries.listed(TRACK), purposes=earmarks(),
        in_force=services.in_force(TRACK, court_today()), today=court_today(),
    )  # fmt: skip


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.FEE_SCHEDULE)
@fresh_factor
def put() -> ResponseReturnValue:
    """Put a schedule in force from a day on; what was charged before stays as it is."""
    form = ScheduleForm()
    form.offer(earmarks())
    if form.validate_on_submit():
        with refused(form), transaction():
            services.replace(
                TRACK, form.parts, due_days=form.due_days.data, key=form.key, by=signed_in(),
                overpayment=form.overpayment.data, on=form.in_force_on.data, today=court_today(),
            )  # fmt: skip
            flash_done(_("The schedule is kept."))
            return redirect(url_for("fees.schedules.show_all"), 303)
    return render_template("fees/schedules/put.html", form=form), form.status
