"""Ask to pay money back, let a second person approve it, and a third pay it."""

from typing import Any

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from diversion.audit.models import Act
from diversion.core import clock
from diversion.core.database import reading, transaction
from diversion.core.errors import NotYours
from diversion.core.tracks import Track
from diversion.core.words import _
from diversion.fees.receipts.views import MONEY, reach
from diversion.fees.refunds import cancelling, pages, queries, services
from diversion.fees.refunds.forms import PayoutForm, RefundForm
from diversion.fees.refunds.models import Refund
from diversion.fees.second import Paper, answer, shown
from diversion.participants import access
from diversion.participants.models import Participant
from diversion.staff.access import fresh_factor, requires, signed_in
from diversion.staff.approvals.forms import DecisionForm
from diversion.staff.approvals.models import Matter
from diversion.staff.permissions import Permission
from diversion.web.calendar import court_today
from diversion.web.flash import flash_done
from diversion.web.forms import refused
from diversion.web.paging import page_of

bp = Blueprint("refunds", __name__)
TRACK = Track.SBAD
SEES = (Permission.FEE_CHANGE, Permission.LEDGER_READ, Permission.REFUND_APPROVE)


@bp.get("/refunds")
@requires(*MONEY)
def show_all() -> ResponseReturnValue:
    """List refunds, newest first; `?state=to-pay` those that wait to be paid."""
    to_pay = request.args.get("state") == "to-pay"
    with reading():
        query = queries.listed(to_pay=to_pay).where(Participant.id.in_(reach()))
        page = page_of(query)
    return render_template("fees/refunds/show_all.html", page=page, to_pay=to_pay)


@bp.route("/accounts/<number:number>/refunds", methods=["GET", "POST"])
@requires(Permission.FEE_CHANGE)
def ask(number: str) -> ResponseReturnValue:
    """Ask a second person to pay money back."""
    with reading():
        opened = access.open_file(number, TRACK, by=signed_in(), why=Act.ACCOUNT_OPENED)
        sources = queries.sources(opened.participant.id)
    form = RefundForm()
    form.meet(sources)
    if form.validate_on_submit():
        with refused(form), transaction():
            person = access.find(number, TRACK, by=signed_in())
            made = services.ask(
                person, pages.wish(form, person), key=form.key, by=signed_in(), on=court_today(),
                now=clock.now(),
            )  # fmt: skip
            flash_done(_("Asked. A second person approves it, a third pays it."))
            return redirect(url_for("fees.refunds.show", subject=made.handle), 303)
    page = {"form": form, "opened": opened, "sources": sources}
    return render_template("fees/refunds/ask.html", **page), form.status


@bp.get("/refunds/<string:subject>")
@requires(*SEES)
def show(subject: str) -> ResponseReturnValue:
    """Show a refund: what is asked, who approved it, how it was paid."""
    return _page(subject, DecisionForm(), PayoutForm())


@bp.post("/refunds/<string:subject>")
@requires(Permission.FEE_CHANGE, Permission.REFUND_APPROVE)
@fresh_factor
def decide(subject: str) -> ResponseReturnValue:
    """Approve, refuse or withdraw a refund."""
    form = DecisionForm()
    if form.validate() and answer(form, _paper(subject)):
        return redirect(url_for("fees.refunds.show", subject=subject), 303)
    return _page(subject, form, PayoutForm(formdata=None))


@bp.post("/refunds/<string:subject>/payment")
@requires(Permission.REFUND_APPROVE)
@fresh_factor
def pay(subject: str) -> ResponseReturnValue:
    """Pay an approved refund; neither who asked nor who approved can."""
    form = PayoutForm()
    if form.validate():
        with refused(form), transaction():
            services.pay(
                queries.refund(subject), form.instrument.data, form.reference.data,
                by=signed_in(), on=court_today(), now=clock.now(),
            )  # fmt: skip
            flash_done(_("The refund is paid."))
            return redirect(url_for("fees.refunds.show", subject=subject), 303)
    return _page(subject, DecisionForm(formdata=None), form)


def _paper(subject: str) -> Paper:
    return Paper(
        Matter.REFUND, subject, lambda: services.request_hash(queries.refund(subject)),
        lambda approver: services.carry_out(
            queries.refund(subject), approved_by=approver, on=court_today(), now=clock.now(),
            hold_days=current_app.config["REFUND_HOLD_DAYS"],
        ),
    )  # fmt: skip


def _page(subject: str, form: DecisionForm, payout: PayoutForm) -> ResponseReturnValue:
    found = within_reach(subject)
    page = shown(form, _paper(subject), pages.pairs(found))
    more: dict[str, Any] = {"refund": found, "payout": payout, "number": pages.number_of(found)}
    status = max(form.status, payout.status)
    me = signed_in()
    more |= {"waiting": cancelling.waiting_of(found), "cancelled": cancelling.done_of(found)}
    more["may_cancel"] = me.may(Permission.FEE_CHANGE) or me.may(Permission.REFUND_APPROVE)
    more["may_pay"] = me.may(Permission.REFUND_APPROVE) and pages.may_pay(found, me.id)
    return render_template("fees/refunds/show.html", **page, **more), status


def within_reach(subject: str) -> Refund:
    """Return a refund of an account within reach. Raises NotYours."""
    found = queries.refund(subject)
    if not pages.is_among(found, reach()):
        raise NotYours
    return found
