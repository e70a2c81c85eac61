"""Show the budget against what was promised and spent; ask to adopt and to amend it."""

from flask import Blueprint, current_app, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from diversion.core import clock
from diversion.core.database import transaction
from diversion.core.words import _
from diversion.fund.budget import queries, services
from diversion.fund.budget.forms import AmountForm, line_form
from diversion.fund.budget.rules import year_start
from diversion.ledger.earmarks import earmarks
from diversion.staff.access import requires, signed_in
from diversion.staff.permissions import Permission
from diversion.web.calendar import court_today
from diversion.web.flash import flash_done
from diversion.web.forms import refused

bp = Blueprint("budget", __name__, url_prefix="/budget")


@bp.get("")
@requires(Permission.LEDGER_READ)
def show() -> ResponseReturnValue:
    """Show each line of the budget as it stands today."""
    lines = queries.standings(court_today())
    return render_template(
        "fund/budget/show.html",
        lines=lines,
        total=queries.total(lines),
        since=year_start(court_today(), first_month()),
    )


@bp.route("/lines/new", methods=["GET", "POST"])
@requires(Permission.BUDGET_PROPOSE)
def new() -> ResponseReturnValue:
    """Make a line; the next page asks what it may hold."""
    form = line_form(earmarks())
    if form.validate_on_submit():
        with refused(form), transaction():
            made = services.add_line(
                form.name.data, int(form.earmark.data), by=signed_in(), key=form.key
            )
            return redirect(url_for("fund.budget.change", handle=made.handle), 303)
    return render_template("fund/budget/new.html", form=form), form.status


@bp.route("/lines/<string:handle>", methods=["GET", "POST"])
@requires(Permission.BUDGET_PROPOSE)
def change(handle: str) -> ResponseReturnValue:
    """Ask to adopt a line for the year, or to amend it."""
    line, form = queries.line(handle), AmountForm()
    if form.validate_on_submit():
        with refused(form), transaction():
            asked = services.propose(
                line, form.amount.data, form.note.data, key=form.key, first_month=first_month(),
                by=signed_in(), on=court_today(), now=clock.now(),
            )  # fmt: skip
            flash_done(_("Asked. Another finance approver decides."))
            return redirect(url_for("fund.decisions.show", subject=asked.handle), 303)
    standing = next(each for each in queries.standings(court_today()) if each.id == line.id)
    adopted = queries.is_adopted(line.id, year_start(court_today(), first_month()))
    page = render_template("fund/budget/change.html", form=form, line=standing, adopted=adopted)
    return page, form.status


def first_month() -> int:
    """Return the month in which the county's year begins."""
    return int(current_app.config["FISCAL_YEAR_STARTS"])
