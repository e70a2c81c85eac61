"""Let a second person sign what differs, at the counter or at the bank."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from diversion.core import clock
from diversion.core.database import transaction
from diversion.core.money import Money
from diversion.core.words import _
from diversion.fund.deposits import confirming, drafts
from diversion.fund.deposits.rows import cash_of, counted_lines, entries_at
from diversion.fund.deposits.rules import counted, parts
from diversion.staff.access import fresh_factor, requires, signed_in
from diversion.staff.approvals import queries as requests
from diversion.staff.approvals import services as approvals
from diversion.staff.approvals.answers import answer
from diversion.staff.approvals.forms import DecisionForm
from diversion.staff.approvals.models import Decision, Matter
from diversion.staff.permissions import Permission
from diversion.staff.queries import names_of
from diversion.web.flash import flash_done, flash_note
from diversion.web.forms import refused

bp = Blueprint("deposit_papers", __name__, url_prefix="/deposits")


@bp.route("/drafts/<handle:subject>", methods=["GET", "POST"])
@requires(Permission.BOOKS_APPROVE, Permission.DEPOSIT_PREPARE, Permission.RECEIPT_TAKE)
@fresh_factor
def draft(subject: str) -> ResponseReturnValue:
    """Show a count that differs; a second person signs it and the deposit is made."""
    form = DecisionForm()
    if form.validate_on_submit():
        with refused(form), transaction():
            return redirect(_sign_draft(subject, form), 303)
    made = drafts.draft(subject)
    request = requests.latest_about(Matter.OVER_SHORT, subject)
    form.seen.data = request.hash16 if request else ""
    receipts, count = drafts.receipts_of(made), drafts.count_of(made)
    page = render_template(
        "fund/deposits/draft.html", form=form, draft=made, request_=request, parts=parts(receipts),
        receipts=receipts, total=Money.total(r.amount for r in receipts), counted=counted(count),
        cash=cash_of(receipts, [r.number for r in receipts]), count=counted_lines(count),
        drawer=names_of([made.drawn_by_id]).get(made.drawn_by_id, ""), entries_at=entries_at(),
        is_own=made.drawn_by_id == signed_in().id, became=drafts.became(made),
    )  # fmt: skip
    return page, form.status


def _sign_draft(subject: str, form: DecisionForm) -> str:
    made = drafts.draft(subject)
    if not _is_approved(Matter.OVER_SHORT, subject, form):
        return url_for("fund.deposits.new")
    approver = approvals.approver_of(Matter.OVER_SHORT, subject, drafts.hashed(made))
    deposit = drafts.carry_out(made, approved_by=approver, now=clock.now())
    flash_done(_("Signed. Deposit {number} is made.", number=deposit.number))
    return url_for("fund.deposits.show", number=deposit.number)


@bp.route("/takings/<handle:subject>", methods=["GET", "POST"])
@requires(Permission.BOOKS_APPROVE, Permission.DEPOSIT_CONFIRM)
@fresh_factor
def taking(subject: str) -> ResponseReturnValue:
    """Show what the bank took differently; a second person signs it and it is posted."""
    form = DecisionForm()
    if form.validate_on_submit():
        with refused(form), transaction():
            return redirect(_sign_taking(subject, form), 303)
    said = confirming.taking(subject)
    request = requests.latest_about(Matter.DEPOSIT_DIFFERENCE, subject)
    form.seen.data = request.hash16 if request else ""
    page = render_template(
        "fund/deposits/taking.html", form=form, taking=said, request_=request,
        deposit=confirming.deposit_of(said), sayer=names_of([said.said_by_id])[said.said_by_id],
        is_own=said.said_by_id == signed_in().id,
    )  # fmt: skip
    return page, form.status


def _sign_taking(subject: str, form: DecisionForm) -> str:
    said = confirming.taking(subject)
    back = url_for("fund.deposits.show", number=confirming.deposit_of(said).number)
    if _is_approved(Matter.DEPOSIT_DIFFERENCE, subject, form):
        approver = approvals.approver_of(
            Matter.DEPOSIT_DIFFERENCE, subject, confirming.hashed(said)
        )
        confirming.confirm(said, by=said.said_by_id, approved_by=approver, now=clock.now())
        flash_done(_("Signed. The deposit is confirmed with its difference."))
    return back


def _is_approved(matter: Matter, subject: str, form: DecisionForm) -> bool:
    """Keep the decision about a paper, and say whether it is a yes."""
    if answer(matter, subject, form) is Decision.APPROVED:
        return True
    flash_note(_("Nothing was posted."))
    return False
