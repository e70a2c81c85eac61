"""Show the exceptions week by week, and take a second person's signature."""

from datetime import date

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from diversion.core import clock
from diversion.core.database import transaction
from diversion.core.errors import NotYours, Refused
from diversion.core.words import _
from diversion.fund.deposits.rows import entries_at
from diversion.fund.drawers.queries import differing
from diversion.fund.weekly import rules, services
from diversion.fund.weekly.unusual import unusual_lines
from diversion.ledger.facts import is_small_office
from diversion.staff.access import fresh_factor, requires, signed_in
from diversion.staff.permissions import Permission
from diversion.staff.queries import names_of
from diversion.web.calendar import court_today
from diversion.web.flash import flash_done
from diversion.web.forms import Form, refused

bp = Blueprint("weekly", __name__, url_prefix="/exceptions")
SHOWN = 13  # weeks: a quarter


@bp.get("")
@requires(Permission.LEDGER_READ)
def start() -> ResponseReturnValue:
    """List the weeks of the last quarter, newest first."""
    newest = rules.monday_of(court_today())
    first = newest - (SHOWN - 1) * rules.WEEK
    return render_template(
        "fund/weekly/start.html",
        weeks=services.weeks(first, SHOWN)[::-1],
        today=court_today(),
        is_small=is_small_office(),
    )


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
            services.sign(_monday(week), by=signed_in(), on=court_today(), now=clock.now())
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
    week = services.week(monday)
    names = names_of({each.signed_by_id for each in week.signatures} | week.hands)
    page = render_template(
        "fund/weekly/show.html", form=form, week=week, lines=unusual_lines(week.lines, names_of),
        left=set(week.open), names=names, entries_at=entries_at(),
        hands=", ".join(sorted(names[who] for who in week.hands)), may_sign=_may_sign(week),
        today=court_today(), drawers=differing(monday, week.sunday, known_at=None),
    )  # fmt: skip
    return page, form.status


def _may_sign(week: rules.Week) -> bool:
    try:
        week.check(signed_in().id, court_today())
    except Refused:
        return False
    return True
