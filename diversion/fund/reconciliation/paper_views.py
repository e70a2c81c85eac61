"""Show what one person asks for about the bank, and let another decide it."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from diversion.core import clock
from diversion.core.database import transaction
from diversion.core.money import Money
from diversion.core.words import _
from diversion.fund.reconciliation import carrying, papers, queries, services
from diversion.fund.reconciliation.forms import UntilForm
from diversion.fund.reconciliation.rows import (
    PAPERS,
    on_paper,
    sum_before,
)
from diversion.ledger.receipts import undeposited
from diversion.staff.access import fresh_factor, requires, signed_in
from diversion.staff.approvals import queries as requests
from diversion.staff.approvals import services as approvals
from diversion.staff.approvals.answers import answer
from diversion.staff.approvals.forms import DecisionForm
from diversion.staff.approvals.models import Decision, Matter
from diversion.staff.permissions import Permission
from diversion.staff.queries import names_of
from diversion.web.calendar import court_today
from diversion.web.flash import flash_done, flash_note
from diversion.web.forms import refused

bp = Blueprint("bank_papers", __name__, url_prefix="/bank")


@bp.route("/before", methods=["GET", "POST"])
@requires(Permission.BANK_RECONCILE)
def before() -> ResponseReturnValue:
    """Say until which day the bank has the receipts from before these books (E42)."""
    form = UntilForm()
    if form.validate_on_submit():
        with refused(form), transaction():
            paper = services.ask_before(form.until.data, by=signed_in(), now=clock.now())
            flash_note(_("A second person has to approve it."))
            return redirect(url_for(".paper", subject=paper.handle), 303)
    lying = undeposited(imported=True)
    page = render_template(
        "fund/reconciliation/before.html", form=form, count=len(lying),
        total=Money.total(r.amount for r in lying),
        first=min((r.on for r in lying), default=None),
        last=max((r.on for r in lying), default=None),
    )  # fmt: skip
    return page, form.status


@bp.route("/papers/<handle:subject>", methods=["GET", "POST"])
@requires(Permission.BANK_RECONCILE, Permission.BOOKS_APPROVE)
@fresh_factor
def paper(subject: str) -> ResponseReturnValue:
    """Show what somebody asks for about the bank; a second person decides and it is posted."""
    form = DecisionForm()
    if form.validate_on_submit():
        with refused(form), transaction():
            _decide(subject, form)
            return redirect(url_for("fund.bank.start"), 303)
    found = queries.paper(subject)
    request = requests.latest_about(Matter.BANK, subject)
    form.seen.data = request.hash16 if request else ""
    asker = names_of([found.asked_by_id]).get(found.asked_by_id, "")
    page = render_template(
        "fund/reconciliation/paper.html", form=form, paper=found, request_=request, asker=asker,
        title=PAPERS[found.kind], rows=on_paper(found), before=sum_before(found),
        line=queries.line_of(found), amount=papers.amount_of(found),
        is_own=found.asked_by_id == signed_in().id,
    )  # fmt: skip
    return page, form.status


def _decide(subject: str, form: DecisionForm) -> None:
    found = queries.paper(subject)
    if answer(Matter.BANK, subject, form) is not Decision.APPROVED:
        flash_note(_("Nothing was posted."))
        return
    approver = approvals.approver_of(Matter.BANK, subject, papers.hashed(found))
    carrying.carry_out(found, approved_by=approver, on=court_today(), now=clock.now())
    flash_done(_("Approved and posted."))
