"""Note what a bank took back of money without an account, and let a second person approve it."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from diversion.core import clock
from diversion.core.database import transaction
from diversion.core.words import _
from diversion.fees.second import Paper, answer, paper, shown
from diversion.fees.state_returns.forms import ReturnForm
from diversion.fees.unplaced import queries
from diversion.fees.unplaced_returns import services
from diversion.staff.access import fresh_factor, requires, signed_in
from diversion.staff.approvals.forms import DecisionForm
from diversion.staff.approvals.models import Matter
from diversion.staff.permissions import Permission
from diversion.web.calendar import court_today
from diversion.web.flash import flash_done
from diversion.web.forms import refused

bp = Blueprint("unplaced_returns", __name__)
NOTES = (Permission.RECEIPT_TAKE, Permission.DEPOSIT_PREPARE)


@bp.route("/unplaced/<string:number>/returned", methods=["GET", "POST"])
@requires(*NOTES)
def ask(number: str) -> ResponseReturnValue:
    """Note that a payment was taken back, for a second person to approve."""
    found, form = queries.receipt(number), ReturnForm()
    if form.validate_on_submit():
        with refused(form), transaction():
            made = services.ask(
                queries.receipt(number), form.reason.data, form.reference.data or "",
                by=signed_in(), on=court_today(), now=clock.now(),
            )  # fmt: skip
            flash_done(_("Noted. A second person has to approve it."))
            return redirect(url_for("fees.unplaced_returns.show", subject=made.handle), 303)
    page = {"form": form, "receipt": found, "is_gift": found.is_gift}
    return render_template("fees/unplaced_returns/ask.html", **page), form.status


@bp.get("/unplaced-returns/<string:subject>")
@requires(*NOTES, Permission.BOOKS_APPROVE, Permission.LEDGER_READ)
def show(subject: str) -> ResponseReturnValue:
    return _page(subject, DecisionForm())


@bp.post("/unplaced-returns/<string:subject>")
@requires(*NOTES, Permission.BOOKS_APPROVE)
@fresh_factor
def decide(subject: str) -> ResponseReturnValue:
    """Approve, refuse or withdraw it."""
    form = DecisionForm()
    if form.validate() and answer(form, _paper(subject)):
        return redirect(url_for("fees.unplaced_returns.show", subject=subject), 303)
    return _page(subject, form)


def _paper(subject: str) -> Paper:
    return paper(
        Matter.UNPLACED_RETURN,
        subject,
        queries.returned,
        services.request_hash,
        services.carry_out,
    )


def _page(subject: str, form: DecisionForm) -> ResponseReturnValue:
    said = queries.returned(subject)
    receipt = queries.by_key(said.receipt_id)
    pairs = [(_("Receipt"), receipt.number), (_("What it is"), receipt.kind.words),
             (_("Reason on the paper"), said.reason.words),
             (_("Bank's number"), said.reference)]  # fmt: skip
    page = {**shown(form, _paper(subject), pairs), "said": said, "receipt": receipt}
    return render_template("fees/unplaced_returns/show.html", **page), form.status
