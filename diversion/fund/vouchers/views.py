"""Ask for vouchers, and show how far each has come."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from diversion.core import clock
from diversion.core.database import transaction
from diversion.core.words import _
from diversion.fund.awards import queries as awards
from diversion.fund.orders import history
from diversion.fund.orders import queries as orders
from diversion.fund.orders.kinds import METHODS, WORDS
from diversion.fund.vouchers import queries, services
from diversion.fund.vouchers.forms import VoucherForm, voucher_form
from diversion.fund.vouchers.rows import check_visible, line_of, offered, sees_all
from diversion.fund.vouchers.services import Bill
from diversion.staff.access import requires, signed_in
from diversion.staff.permissions import Permission
from diversion.staff.queries import names_of
from diversion.web.calendar import court_today
from diversion.web.flash import flash_done
from diversion.web.forms import refused
from diversion.web.paging import page_of
from diversion.web.uploads import fingerprint

bp = Blueprint("vouchers", __name__, url_prefix="/vouchers")
SEE = (Permission.LEDGER_READ, Permission.VOUCHER_APPROVE, Permission.VOUCHER_REQUEST)


@bp.get("")
@requires(*SEE)
def show_all() -> ResponseReturnValue:
    """List the vouchers: all for finance and supervisors, one's own for others."""
    only = request.args.get("state") == "to-pay" and sees_all(signed_in())
    own = None if sees_all(signed_in()) else signed_in().id
    page = page_of(queries.to_pay() if only else queries.vouchers(own))
    rows = [line_of(row) for row in page.rows]
    return render_template("fund/vouchers/show_all.html", page=page, rows=rows, only=only,
                           all=sees_all(signed_in()))  # fmt: skip


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.VOUCHER_REQUEST)
def new() -> ResponseReturnValue:
    """Ask for money out of an award."""
    open_ = offered(awards.open_awards(), signed_in())
    form = voucher_form(open_, request.args.get("award", ""))
    if form.validate_on_submit():
        with refused(form), transaction():
            made = services.request(
                awards.award(form.award.data), _bill(form), key=form.key, by=signed_in(),
                on=court_today(), now=clock.now(),
            )  # fmt: skip
            flash_done(_("Asked. Somebody else decides."))
            return redirect(url_for("fund.vouchers.show", number=made.number), 303)
    return render_template("fund/vouchers/new.html", form=form, awards=len(open_)), form.status


@bp.get("/<string:number>")
@requires(*SEE)
def show(number: str) -> ResponseReturnValue:
    """Show one voucher: what is asked, who decided, and how it was paid."""
    voucher = queries.voucher(number)
    row = queries.row_of(voucher.id)
    check_visible(row, signed_in())
    paid = orders.payments_of(voucher.id)
    return render_template(
        "fund/vouchers/show.html",
        voucher=voucher,
        order=row.Order,
        line=line_of(row),
        paid=paid,
        methods=METHODS,
        has_check=orders.has_check(voucher.id),
        back={key: WORDS[kind] for key, kind in orders.come_back(voucher.id, paid).items()},
        past=history.of_voucher(voucher.id),
        names=names_of(
            {row.Order.asked_by_id, row.decided_by_id or 0, *(p.paid_by_id for p in paid)}
        ),
        decided_by=row.decided_by_id,
    )


def _bill(form: VoucherForm) -> Bill:
    return Bill(form.amount.data, form.reference.data, fingerprint(form.document))
