"""Ask why a statement is taken back, and take it back."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from diversion.core import clock
from diversion.core.database import transaction
from diversion.core.words import _
from diversion.fund.reconciliation import leaving, queries
from diversion.fund.reconciliation.models import WhyBack
from diversion.staff.access import fresh_factor, requires, signed_in
from diversion.staff.permissions import Permission
from diversion.web.fields import CodeField, Filled
from diversion.web.flash import flash_done
from diversion.web.forms import Form, refused

bp = Blueprint("bank_leaving", __name__, url_prefix="/bank/statements")


class BackForm(Form):
    """Why a statement does not belong here."""

    reason = CodeField(_("Why"), [Filled()], codes=WhyBack)


@bp.route("/<handle:handle>/taken-back", methods=["GET", "POST"])
@requires(Permission.BANK_RECONCILE)
@fresh_factor
def take_back(handle: str) -> ResponseReturnValue:
    """Take a statement back that nothing was posted on; it stays to be read."""
    form = BackForm()
    if form.validate_on_submit():
        with refused(form), transaction():
            found = queries.statement(handle)
            leaving.take_back(found, form.reason.data, by=signed_in(), now=clock.now())
            flash_done(_("The statement is taken back. It counts no more."))
            return redirect(url_for("fund.bank.statement", handle=handle), 303)
    found = queries.statement(handle)
    posted, waiting = leaving.obstacles(found)
    page = render_template(
        "fund/reconciliation/leaving.html", form=form, statement=found, posted=posted,
        waiting=waiting, lines=len(queries.lines_of(found.id)), back=queries.back_of(found.id),
    )  # fmt: skip
    return page, form.status
