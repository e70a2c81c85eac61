"""Ask not to pay an approved refund, and let a second person decide it."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from diversion.core import clock
from diversion.core.database import db, transaction
from diversion.core.words import _
from diversion.fees.refunds import cancelling, pages
from diversion.fees.refunds.forms import CancelForm
from diversion.fees.refunds.models import Refund
from diversion.fees.refunds.views import SEES, within_reach
from diversion.fees.second import Paper, answer, paper, shown
from diversion.staff.access import fresh_factor, requires, signed_in
from diversion.staff.approvals.forms import DecisionForm
from diversion.staff.approvals.models import Matter
from diversion.staff.permissions import Permission
from diversion.web.flash import flash_done
from diversion.web.forms import refused

bp = Blueprint("refund_cancels", __name__)


@bp.route("/refunds/<string:handle>/cancel", methods=["GET", "POST"])
@requires(Permission.FEE_CHANGE, Permission.REFUND_APPROVE)
def ask(handle: str) -> ResponseReturnValue:
    """Ask a second person not to pay a refund."""
    form, found = CancelForm(), within_reach(handle)
    if form.validate_on_submit():
        with refused(form), transaction():
            made = cancelling.ask(
                within_reach(handle), form.reason.data, by=signed_in(), now=clock.now()
            )
            flash_done(_("Asked. A second person decides it."))
            return redirect(url_for(".show", subject=made.handle), 303)
    page = {"form": form, "refund": found, "number": pages.number_of(found)}
    return render_template("fees/refunds/cancel.html", **page), form.status


@bp.get("/refund-cancels/<string:subject>")
@requires(*SEES)
def show(subject: str) -> ResponseReturnValue:
    """Show what is asked about a refund."""
    return _page(subject, DecisionForm())


@bp.post("/refund-cancels/<string:subject>")
@requires(Permission.FEE_CHANGE, Permission.REFUND_APPROVE)
@fresh_factor
def decide(subject: str) -> ResponseReturnValue:
    """Approve, refuse or withdraw it."""
    form = DecisionForm()
    if form.validate() and answer(form, _paper(subject)):
        return redirect(url_for(".show", subject=subject), 303)
    return _page(subject, form)


def _paper(subject: str) -> Paper:
    return paper(
        Matter.REFUND_CANCEL,
        subject,
        cancelling.cancel,
        cancelling.request_hash,
        cancelling.carry_out,
    )


def _page(subject: str, form: DecisionForm) -> ResponseReturnValue:
    asked = cancelling.cancel(subject)
    refund = within_reach(db.session.get_one(Refund, asked.refund_id).handle)
    number = pages.number_of(refund)
    pairs = [(_("Account"), number), (_("Amount"), refund.amount), (_("Why"), asked.reason.words)]
    page = {**shown(form, _paper(subject), pairs), "refund": refund, "asked": asked}
    return render_template("fees/refunds/cancelled.html", **page, number=number), form.status
