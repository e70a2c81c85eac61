"""Ask to open a closed month again, and decide on it."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from diversion.core import clock
from diversion.core.database import transaction
from diversion.core.words import _
from diversion.fund.periods import queries, reopening, rows
from diversion.fund.periods.forms import ReasonForm
from diversion.fund.periods.models import Reopening
from diversion.ledger import periods
from diversion.staff.access import fresh_factor, requires, signed_in
from diversion.staff.approvals.answers import answer
from diversion.staff.approvals.forms import DecisionForm
from diversion.staff.approvals.models import Decision, Matter
from diversion.staff.approvals.queries import latest_about
from diversion.staff.permissions import Permission
from diversion.staff.queries import names_of
from diversion.web.flash import flash_done
from diversion.web.forms import refused

bp = Blueprint("reopenings", __name__)
M = Matter.REOPENING


@bp.get("/periods/<string:month>/reopen")
@requires(Permission.BOOKS_KEEP)
def new(month: str) -> ResponseReturnValue:
    return _new(month, ReasonForm())


@bp.post("/periods/<string:month>/reopen")
@requires(Permission.BOOKS_KEEP)
def ask(month: str) -> ResponseReturnValue:
    """Ask a second person to open a closed month."""
    form = ReasonForm()
    if form.validate():
        with refused(form), transaction():
            paper = reopening.ask(
                rows.asked(month).month, form.reason.data, by=signed_in(), now=clock.now()
            )
            flash_done(_("It waits for a second person now."))
            return redirect(url_for("fund.reopenings.show", subject=paper.handle), 303)
    return _new(month, form)


def _new(month: str, form: ReasonForm) -> ResponseReturnValue:
    asked = rows.asked(month).month
    page = render_template(
        "fund/periods/reopen.html", month=asked, form=form, why_not=reopening.why_not(asked)
    )
    return page, form.status


@bp.get("/reopenings/<string:subject>")
@requires(Permission.LEDGER_READ)
def show(subject: str) -> ResponseReturnValue:
    return _page(queries.reopening(subject), DecisionForm(formdata=None))


@bp.post("/reopenings/<string:subject>")
@requires(Permission.BOOKS_APPROVE, Permission.BOOKS_KEEP)
@fresh_factor
def decide(subject: str) -> ResponseReturnValue:
    """Approve and open the month in one act, or refuse."""
    form = DecisionForm()
    if form.validate():
        with refused(form), transaction():
            paper = queries.reopening(subject)
            given = answer(M, subject, form)
            if given is Decision.APPROVED:
                reopening.reopen(paper, now=clock.now())
                flash_done(_("The month is open again."))
            return redirect(url_for("fund.reopenings.show", subject=subject), 303)
    return _page(queries.reopening(subject), form)


def _page(paper: Reopening, form: DecisionForm) -> ResponseReturnValue:
    request, me = latest_about(M, paper.handle), signed_in()
    form.seen.data = form.seen.data or (request.hash16 if request else "")
    page = render_template(
        "fund/periods/reopening.html",
        paper=paper,
        month=periods.month(paper.period_id),
        form=form,
        request=request,
        names=names_of({paper.asked_by_id, (request and request.approved_by) or 0}),
        may_decide=me.may(Permission.BOOKS_APPROVE) and paper.asked_by_id != me.id,
        is_own=paper.asked_by_id == me.id,
    )
    return page, form.status
