"""Show the exceptions week by week, and take a second person's signature."""

from dataclasses import dataclass
from datetime import date

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from diversion.core import clock
from diversion.core.database import transaction
from diversion.core.errors import NotYours
from diversion.core.words import _
from diversion.fund.deposits.rows import entries_at
from diversion.fund.weekly import rules, services
from diversion.fund.weekly.unusual import unusual_lines
from diversion.staff.access import fresh_factor, requires, signed_in
from diversion.staff.permissions import Permission
from diversion.staff.queries import names_of
from diversion.web.calendar import court_today
from diversion.web.flash import flash_done
from diversion.web.forms import Form, refused

bp = Blueprint("weekly", __name__, url_prefix="/exceptions")
SHOWN = 13  # weeks: a quarter


@dataclass(frozen=True)
class Week:
    """A week in the list; `open` lines wait for a second person."""

    monday: date
    sunday: date
    lines: int
    open: int


@bp.get("")
@requires(Permission.LEDGER_READ)
def start() -> ResponseReturnValue:
    """List the weeks of the last quarter, newest first."""
    newest = rules.monday_of(court_today())
    first = newest - (SHOWN - 1) * rules.WEEK
    lines = services.lines_of(first, SHOWN)
    left = set(rules.unsigned(lines, services.signatures(first, newest)))
    weeks = []
    for n in range(SHOWN):
        monday = newest - n * rules.WEEK
        own = [line.id for line in lines if rules.monday_of(line.effective_on) == monday]
        sunday = monday + rules.WEEK - date.resolution
        weeks.append(Week(monday, sunday, len(own), len(left & set(own))))
    return render_template("fund/weekly/start.html", weeks=weeks)


@bp.get("/<string:week>")
@requires(Permission.LEDGER_READ)
def show(week: str) -> ResponseReturnValue:
    return _page(_monday(week), Form())


@bp.post("/<string:week>")
@requires(Permission.BOOKS_KEEP)
@fresh_factor
def sign(week: str) -> ResponseReturnValue:
    """Sign a week; what one entered oneself is left to somebody else."""
    form = Form()
    if form.validate():
        with refused(form), transaction():
            services.sign(_monday(week), by=signed_in(), now=clock.now())
            flash_done(_("You signed the exceptions of this week."))
            return redirect(url_for(".show", week=week), 303)
    return _page(_monday(week), form)


def _monday(week: str) -> date:
    """Return the Monday of an address. Raises NotYours."""
    try:
        found = date.fromisoformat(week)
    except ValueError as no:
        raise NotYours from no
    if found.isoformat() != week or found.weekday() or found > court_today():
        raise NotYours
    return found


def _page(monday: date, form: Form) -> ResponseReturnValue:
    lines = services.lines_of(monday)
    signed = services.signatures(monday, monday)
    left = set(rules.unsigned(lines, signed))
    me = signed_in().id
    page = render_template(
        "fund/weekly/show.html", form=form, monday=monday, lines=unusual_lines(lines, names_of),
        sunday=monday + rules.WEEK - date.resolution, left=left, signed=signed,
        names=names_of({each.signed_by_id for each in signed}), entries_at=entries_at(),
        may_sign=any(line.id in left and line.actor != me for line in lines),
    )  # fmt: skip
    return page, form.status
