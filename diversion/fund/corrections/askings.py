"""Ask for what needs no lines typed: the reversal of an entry, and the end of a year."""

from flask import Blueprint, current_app, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from diversion.core import clock
from diversion.core.database import transaction
from diversion.core.errors import NotYours
from diversion.core.words import _
from diversion.fund.corrections import queries, rows, rules, services
from diversion.fund.corrections.elsewhere import is_undone_here
from diversion.fund.corrections.forms import TurnBackForm, YearEndForm
from diversion.fund.corrections.models import Correction
from diversion.fund.corrections.views import lapses
from diversion.fund.kinds import event_words
from diversion.ledger import exceptions, journal, periods, standing
from diversion.ledger import queries as ledger
from diversion.ledger.commands import Line
from diversion.staff.access import requires, signed_in
from diversion.staff.permissions import Permission
from diversion.web.calendar import court_today
from diversion.web.flash import flash_done
from diversion.web.forms import refused

bp = Blueprint("askings", __name__)


@bp.get("/entries/<int(max=2000000000):number>/reversal")
@requires(Permission.BOOKS_KEEP)
def reversal(number: int) -> ResponseReturnValue:
    return _reversal(number, TurnBackForm())


@bp.post("/entries/<int(max=2000000000):number>/reversal")
@requires(Permission.BOOKS_KEEP)
def turn_back(number: int) -> ResponseReturnValue:
    """Ask a second person to turn an entry back; it carries the present day."""
    form = TurnBackForm()
    if form.validate():
        with refused(form), transaction():
            paper = services.turn_back(
                number, form.reason.data, by=signed_in(), on=court_today(), now=clock.now()
            )
            return _asked(paper)
    return _reversal(number, form)


def _reversal(number: int, form: TurnBackForm) -> ResponseReturnValue:
    found = journal.entry(number)
    if found is None:
        raise NotYours
    lines = [Line(x.account, (x.credit - x.debit).cents, x.sub, x.earmark) for x in found.lines]
    page = render_template(
        "fund/corrections/reversal.html",
        entry=found,
        event=event_words(found.event),
        form=form,
        lines=rows.shown(lines, ledger.earmarks()),
        amount=rules.amount_of(lines),
        is_here=is_undone_here(found) and not found.reversed_by,
        asked=queries.about_entries([number]).get(number, ""),
    )
    return page, form.status


@bp.get("/periods/<string:month>/year-end")
@requires(Permission.LEDGER_READ)
def year_end(month: str) -> ResponseReturnValue:
    return _year_end(month, YearEndForm())


@bp.post("/periods/<string:month>/year-end")
@requires(Permission.BOOKS_KEEP)
def close_year(month: str) -> ResponseReturnValue:
    """Ask a second person for the entry that closes the year."""
    form = YearEndForm()
    if form.validate():
        with refused(form), transaction():
            last = _month(month).last
            return _asked(
                services.close_year(last, lapses=lapses(), by=signed_in(), now=clock.now())
            )
    return _year_end(month, form)


def _year_end(name: str, form: YearEndForm) -> ResponseReturnValue:
    month = _month(name)
    lines = rules.year_end(standing.on(month.last), lapses=lapses())
    page = render_template(
        "fund/corrections/year_end.html",
        month=month,
        form=form,
        lines=rows.shown(lines, ledger.earmarks()),
        amount=rules.amount_of(lines),
        entry=exceptions.year_end_on(month.last),
    )
    return page, form.status


def _month(name: str) -> periods.Month:
    """Return the month of an address, if a fiscal year ends with it. Raises NotYours."""
    month = periods.named(name)
    if not periods.ends_year(month, starts()):
        raise NotYours
    return month


def starts() -> int:
    return int(current_app.config["FISCAL_YEAR_STARTS"])


def _asked(paper: Correction) -> ResponseReturnValue:
    flash_done(_("It waits for a second person now."))
    return redirect(url_for("fund.corrections.show", subject=paper.number), 303)
