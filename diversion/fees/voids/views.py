"""Void a receipt on its day: asked for by whoever took the money, decided by somebody else."""

from typing import Any

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from diversion.core import clock
from diversion.core.database import db, transaction
from diversion.core.words import _
from diversion.fees import void_papers as papers
from diversion.fees.models import Receipt
from diversion.fees.receipts.views import find_receipt, paper_of
from diversion.fees.second import Paper, answer, shown
from diversion.fees.state_models import StateReceipt
from diversion.fees.state_receipts.views import find as find_state_receipt
from diversion.fees.void_forms import VoidForm
from diversion.fees.void_models import VoidPaper
from diversion.fees.voids import elsewhere, services
from diversion.staff.access import fresh_factor, requires, signed_in
from diversion.staff.approvals.forms import DecisionForm
from diversion.staff.approvals.models import Matter
from diversion.staff.models import Staff
from diversion.staff.permissions import Permission
from diversion.staff.queries import names_of
from diversion.web.calendar import court_today
from diversion.web.flash import flash_done
from diversion.web.forms import refused

bp = Blueprint("voids", __name__)


@bp.route("/receipts/<string:number>/void", methods=["GET", "POST"])
@requires(Permission.RECEIPT_VOID)
@fresh_factor
def void(number: str) -> ResponseReturnValue:
    """Void a receipt that somebody else took, on its day."""
    found, form = find_receipt(number), VoidForm()
    if form.validate_on_submit():
        with refused(form), transaction():
            services.void_at_once(
                find_receipt(number), **form.why, seen=form.seen.data, by=signed_in(),
                on=court_today(), now=clock.now(),
            )  # fmt: skip
            flash_done(_("Receipt {number} is void.", number=number))
            return redirect(url_for("fees.receipts.show", number=number), 303)
    form.seen.data = found.hash16
    return render_template("fees/voids/void.html", form=form, **paper_of(found)), form.status


@bp.route("/receipts/<string:number>/void-request", methods=["GET", "POST"])
@requires(Permission.RECEIPT_TAKE)
def ask(number: str) -> ResponseReturnValue:
    """Ask somebody else to void a receipt of today."""
    found, form = find_receipt(number), VoidForm()
    if form.validate_on_submit():
        with refused(form), transaction():
            services.ask(
                find_receipt(number), **form.why, by=signed_in(), on=court_today(),
                now=clock.now(),
            )  # fmt: skip
            flash_done(_("Asked. Somebody else decides today."))
            return redirect(url_for("fees.receipts.show", number=number), 303)
    form.seen.data = found.hash16
    return render_template("fees/voids/ask.html", form=form, **paper_of(found)), form.status


@bp.get("/voids/<string:subject>")
@requires(Permission.RECEIPT_TAKE, Permission.RECEIPT_VOID)
def show(subject: str) -> ResponseReturnValue:
    """Show a request to void a receipt, with the receipt beside it."""
    return _page(subject, DecisionForm())


@bp.post("/voids/<string:subject>")
@requires(Permission.RECEIPT_TAKE, Permission.RECEIPT_VOID)
@fresh_factor
def decide(subject: str) -> ResponseReturnValue:
    """Approve, refuse or withdraw a void."""
    form = DecisionForm()
    if form.validate() and answer(form, _paper(subject)):
        return redirect(url_for("fees.voids.show", subject=subject), 303)
    return _page(subject, form)


def _paper(subject: str) -> Paper:
    return Paper(
        Matter.VOID, subject, lambda: papers.request_hash(papers.paper(subject)),
        lambda approver: elsewhere.carry_out(
            papers.paper(subject), approver=db.session.get_one(Staff, approver),
            on=court_today(), now=clock.now(),
        ),
    )  # fmt: skip


def _page(subject: str, form: DecisionForm) -> ResponseReturnValue:
    asked = papers.paper(subject)
    number, beside = _receipt(asked)
    pairs = [(_("Receipt"), number), (_("Why"), asked.reason.words),
             (_("The payer's copy"), asked.copy.words)]  # fmt: skip
    page = {**shown(form, _paper(subject), pairs), "number": number, **beside}
    return render_template("fees/voids/show.html", **page), form.status


def _receipt(asked: VoidPaper) -> tuple[str, dict[str, Any]]:
    """Return the number of the receipt that is to be void, and what is shown beside it."""
    kept = elsewhere.receipt_of(asked)
    if kept is None:
        receipt = find_receipt(db.session.get_one(Receipt, asked.receipt_id).number)
        at = url_for("fees.receipts.show", number=receipt.number)
        return receipt.number, {"at": at, "elsewhere": None, **paper_of(receipt)}
    if isinstance(kept, StateReceipt):
        kept = find_state_receipt(kept.number)
    room = "state_receipts" if isinstance(kept, StateReceipt) else "unplaced"
    at = url_for(f"fees.{room}.show", number=kept.number)
    return kept.number, {"at": at, "elsewhere": kept, "names": names_of([kept.taken_by_id])}
