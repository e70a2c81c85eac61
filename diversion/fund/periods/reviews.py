"""Let somebody look through the exceptions of a month and sign that they did."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from diversion.core import clock
from diversion.core.database import transaction
from diversion.core.words import _
from diversion.fund.deposits.rows import entries_at
from diversion.fund.periods import queries, rows, services
from diversion.fund.periods.forms import SignForm
from diversion.fund.weekly.unusual import exception_lines
from diversion.staff.access import requires, signed_in
from diversion.staff.permissions import Permission
from diversion.staff.queries import names_of
from diversion.web.flash import flash_done
from diversion.web.forms import refused

bp = Blueprint("reviews", __name__, url_prefix="/periods")


@bp.get("/<string:month>/exceptions")
@requires(Permission.LEDGER_READ)
def show(month: str) -> ResponseReturnValue:
    return _page(month, SignForm())


@bp.post("/<string:month>/exceptions")
@requires(Permission.BOOKS_KEEP)
def sign(month: str) -> ResponseReturnValue:
    """Sign the review; whoever closes the month is somebody else."""
    form = SignForm()
    if form.validate():
        with refused(form), transaction():
            services.sign(rows.asked(month), by=signed_in(), now=clock.now())
            flash_done(_("You signed the review. Somebody else closes the month."))
            return redirect(url_for("fund.periods.show", month=month), 303)
    return _page(month, form)


def _page(name: str, form: SignForm) -> ResponseReturnValue:
    month = rows.asked(name).month
    signature = queries.signature_of(month)
    page = render_template(
        "fund/periods/exceptions.html",
        month=month,
        form=form,
        lines=exception_lines(month.number, names_of),
        entries_at=entries_at(),
        signature=signature,
        names=names_of([signature.signed_by_id]) if signature else {},
    )
    return page, form.status
