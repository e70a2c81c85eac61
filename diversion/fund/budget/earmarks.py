"""Show the purposes that money is bound to, and what each one holds."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from diversion.core.database import transaction
from diversion.core.words import _
from diversion.fund.budget import services
from diversion.fund.budget.forms import EarmarkForm
from diversion.fund.budget.held import held
from diversion.staff.access import requires, signed_in
from diversion.staff.permissions import Permission
from diversion.web.flash import flash_done
from diversion.web.forms import refused

bp = Blueprint("earmarks", __name__, url_prefix="/earmarks")


@bp.get("")
@requires(Permission.LEDGER_READ)
def show() -> ResponseReturnValue:
    return _page(EarmarkForm())


@bp.post("")
@requires(Permission.BUDGET_PROPOSE)
def add() -> ResponseReturnValue:
    """Make a purpose, such as a donor's."""
    form = EarmarkForm()
    if form.validate():
        with refused(form), transaction():
            services.add_earmark(form.name.data, by=signed_in(), key=form.key)
            flash_done(_("The earmark is made."))
            return redirect(url_for("fund.earmarks.show"), 303)
    return _page(form)


def _page(form: EarmarkForm) -> ResponseReturnValue:
    return render_template("fund/budget/earmarks.html", form=form, earmarks=held()), form.status
