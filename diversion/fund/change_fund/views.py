"""Show the change in the drawers, and ask for more of it or less."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from diversion.core import clock
from diversion.core.database import transaction
from diversion.core.money import Money
from diversion.core.words import _
from diversion.fund.change_fund import queries, services
from diversion.fund.change_fund.forms import ChangeForm
from diversion.fund.chart.models import Use
from diversion.fund.chart.queries import is_on
from diversion.fund.corrections.services import asked_once
from diversion.fund.drawers import tills
from diversion.fund.orders.history import STATES
from diversion.staff.access import requires, signed_in
from diversion.staff.permissions import Permission
from diversion.web.calendar import court_today
from diversion.web.flash import flash_done
from diversion.web.forms import refused
from diversion.web.paging import page_of

bp = Blueprint("change_fund", __name__, url_prefix="/change-fund")


@bp.get("")
@requires(Permission.LEDGER_READ)
def start() -> ResponseReturnValue:
    """List the drawers with their change, and what was asked about it."""
    return _page(_form())


@bp.post("")
@requires(Permission.BOOKS_KEEP)
def ask() -> ResponseReturnValue:
    """Ask a second person for change in a drawer, or for less of it."""
    form = _form()
    if form.validate():
        with refused(form), transaction():
            wanted, by = form.change, signed_in()
            paper = asked_once(
                form.key, wanted,
                lambda: services.ask(wanted, by=by, on=court_today(), now=clock.now()), by=by,
            )  # fmt: skip
            flash_done(_("It waits for a second person now."))
            return redirect(url_for("fund.corrections.show", subject=paper.number), 303)
    return _page(form)


def _form() -> ChangeForm:
    form = ChangeForm()
    form.offer(tills.all_of_them())
    return form


def _page(form: ChangeForm) -> ResponseReturnValue:
    page, kept = page_of(queries.asked()), tills.all_of_them()
    shown = render_template(
        "fund/change_fund/start.html", form=form, tills=kept, page=page, states=STATES,
        rows=[(row, Money(row.cents)) for row in page.rows], is_on=is_on(Use.CHANGE_FUND),
        total=Money.total(each.change for each in kept),
    )  # fmt: skip
    return shown, form.status
