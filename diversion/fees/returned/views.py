"""Note what a bank or a processor took back, let a second person approve it, list it all."""

from flask import Blueprint, current_app, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from diversion.core import clock
from diversion.core.database import db, reading, transaction
from diversion.core.money import Money
from diversion.core.words import _
from diversion.fees.models import Receipt
from diversion.fees.receipts.views import MONEY, find_receipt, paper_of, reach
from diversion.fees.returned import queries, services
from diversion.fees.returned.forms import NoticeForm
from diversion.fees.second import Paper, answer, paper, shown
from diversion.participants.models import Participant
from diversion.staff.access import fresh_factor, requires, signed_in
from diversion.staff.approvals.forms import DecisionForm
from diversion.staff.approvals.models import Matter
from diversion.staff.permissions import Permission
from diversion.web.calendar import court_today
from diversion.web.flash import flash_done
from diversion.web.forms import refused
from diversion.web.paging import page_of

bp = Blueprint("returned", __name__)
NOTES = (Permission.RECEIPT_TAKE, Permission.DEPOSIT_PREPARE)
SEES = (*NOTES, Permission.BOOKS_APPROVE, Permission.LEDGER_READ)


@bp.get("/returned")
@requires(*MONEY)
def show_all() -> ResponseReturnValue:
    """List returned items and chargebacks, newest first."""
    with reading():
        page = page_of(queries.listed().where(Participant.id.in_(reach())))
    return render_template("fees/returned/show_all.html", page=page)


@bp.route("/receipts/<string:number>/returned", methods=["GET", "POST"])
@requires(*NOTES)
def ask(number: str) -> ResponseReturnValue:
    """Note that a payment was taken back, for a second person to approve."""
    found, form = find_receipt(number), NoticeForm()
    ceiling = Money(current_app.config["RETURNED_ITEM_FEE_CENTS"])
    form.meet(found.mode, charges=bool(ceiling))
    if form.validate_on_submit():
        with refused(form), transaction():
            item = services.ask(
                number, form.notice, by=signed_in(), on=court_today(), now=clock.now(),
                ceiling=ceiling,
            )  # fmt: skip
            flash_done(_("Noted. A second person has to approve it."))
            return redirect(url_for("fees.returned.show", subject=item.handle), 303)
    page = {"form": form, "ceiling": ceiling, **paper_of(found)}
    return render_template("fees/returned/ask.html", **page), form.status


@bp.get("/returned/<string:subject>")
@requires(*SEES)
def show(subject: str) -> ResponseReturnValue:
    """Show a returned item with its receipt beside it."""
    return _page(subject, DecisionForm())


@bp.post("/returned/<string:subject>")
@requires(*NOTES, Permission.BOOKS_APPROVE)
@fresh_factor
def decide(subject: str) -> ResponseReturnValue:
    """Approve, refuse or withdraw a returned item."""
    form = DecisionForm()
    if form.validate() and answer(form, _paper(subject)):
        return redirect(url_for("fees.returned.show", subject=subject), 303)
    return _page(subject, form)


def _paper(subject: str) -> Paper:
    return paper(
        Matter.RETURNED_ITEM, subject, queries.item, services.request_hash, services.carry_out
    )


def _page(subject: str, form: DecisionForm) -> ResponseReturnValue:
    item = queries.item(subject)
    receipt = find_receipt(db.session.get_one(Receipt, item.receipt_id).number)
    pairs = [(_("What"), item.kind.words), (_("Receipt"), receipt.number),
             (_("Reason on the paper"), item.reason.words), (_("Bank's number"), item.reference),
             *([(_("Fee for the payer"), item.fee)] if item.fee else [])]  # fmt: skip
    page = {**shown(form, _paper(subject), pairs), **paper_of(receipt), "item": item}
    return render_template("fees/returned/show.html", **page), form.status
