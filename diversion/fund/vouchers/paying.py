"""Pay vouchers, and take checks back."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from diversion.core import clock
from diversion.core.database import db, transaction
from diversion.core.words import _
from diversion.fund.awards.models import Award
from diversion.fund.orders import queries as orders
from diversion.fund.vouchers import queries, services
from diversion.fund.vouchers.forms import PayForm, TakeBackForm
from diversion.fund.vouchers.rows import line_of
from diversion.staff.access import fresh_factor, requires, signed_in
from diversion.staff.permissions import Permission
from diversion.web.calendar import court_today
from diversion.web.flash import flash_done
from diversion.web.forms import refused

bp = Blueprint("paying", __name__, url_prefix="/vouchers")


@bp.route("/<string:number>/pay", methods=["GET", "POST"])
@requires(Permission.PAYMENT_MAKE)
@fresh_factor
def pay(number: str) -> ResponseReturnValue:
    """Pay what is open on a voucher, whole, as a third person."""
    voucher, form = queries.voucher(number), PayForm()
    if form.validate_on_submit():
        with refused(form), transaction():
            services.pay(
                voucher, form.method.data, form.reference.data, key=form.key, by=signed_in(),
                on=court_today(), now=clock.now(),
            )  # fmt: skip
            flash_done(_("The payment is recorded."))
            return redirect(url_for("fund.vouchers.show", number=number), 303)
    row = queries.row_of(voucher.id)
    hands = (row.Order.asked_by_id, row.decided_by_id)
    cash, _promised = orders.cash_and_promised(row.Order.earmark)
    page = render_template(
        "fund/vouchers/pay.html", form=form, line=line_of(row), cash=cash,
        then=cash - line_of(row).open, had_a_hand=signed_in().id in hands,
    )  # fmt: skip
    return page, form.status


@bp.route("/<string:number>/take-back", methods=["GET", "POST"])
@requires(Permission.PAYMENT_MAKE)
def take_back(number: str) -> ResponseReturnValue:
    """Ask to void the last check of a voucher, or to book it as never cashed."""
    voucher, form = queries.voucher(number), TakeBackForm()
    if form.validate_on_submit():
        with refused(form), transaction():
            asked = services.take_back(
                voucher, db.session.get_one(Award, voucher.award_id), form.kind.data,
                form.note.data, key=form.key, by=signed_in(), now=clock.now(),
            )  # fmt: skip
            flash_done(_("Asked. Somebody else decides."))
            return redirect(url_for("fund.decisions.show", subject=asked.handle), 303)
    paid = orders.payments_of(voucher.id)
    page = render_template(
        "fund/vouchers/take_back.html", form=form, voucher=voucher, last=paid[0] if paid else None
    )
    return page, form.status
