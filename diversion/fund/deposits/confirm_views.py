"""Take the bank's word for a deposit."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from diversion.core import clock
from diversion.core.database import transaction
from diversion.core.words import _
from diversion.fund.deposits import confirming, queries
from diversion.fund.deposits.confirm_forms import ConfirmForm
from diversion.fund.deposits.models import Deposit
from diversion.staff.access import requires, signed_in
from diversion.staff.permissions import Permission
from diversion.web.calendar import court_today
from diversion.web.flash import flash_done, flash_note
from diversion.web.forms import refused

bp = Blueprint("confirmations", __name__, url_prefix="/deposits")


@bp.route("/<string:number>/confirm", methods=["GET", "POST"])
@requires(Permission.DEPOSIT_CONFIRM)
def confirm(number: str) -> ResponseReturnValue:
    """Take the bank's word: the same amount is posted, another waits for a second person."""
    form = ConfirmForm()
    if form.validate_on_submit():
        with refused(form), transaction():
            _take(queries.deposit(number), form)
            return redirect(url_for("fund.deposits.show", number=number), 303)
    form.meet()
    found = queries.deposit(number)
    page = render_template(
        "fund/deposits/confirm.html", form=form, deposit=found,
        differs=isinstance(form.refusal, confirming.WhyMissing) or form.reason.data is not None,
        way=queries.in_transit_of(found.id),
    )  # fmt: skip
    return page, form.status


def _take(deposit: Deposit, form: ConfirmForm) -> None:
    by, now = signed_in(), clock.now()
    taking = confirming.say(deposit, form.taken, by=by, today=court_today(), now=now)
    if taking.difference:
        confirming.ask(taking, by=by, now=now)
        flash_note(_("A second person has to sign the difference. Then it is posted."))
    else:
        confirming.confirm(taking, by=by.id, now=now)
        flash_done(_("The deposit is confirmed. It is cash with the treasurer."))
