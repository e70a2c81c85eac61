"""Show to whom money can go, and what each one was promised."""

from dataclasses import asdict

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from diversion.core import once
from diversion.core.database import transaction
from diversion.core.words import _
from diversion.fund.awards.forms import PayeeForm
from diversion.fund.awards.reached import reached
from diversion.fund.awards.rows import reached_of
from diversion.partners.agencies.services import Listing, add_organization
from diversion.staff.access import requires, signed_in
from diversion.staff.permissions import Permission
from diversion.web.flash import flash_done
from diversion.web.forms import refused
from diversion.web.paging import page_of

bp = Blueprint("payees", __name__, url_prefix="/payees")


@bp.get("")
@requires(Permission.LEDGER_READ)
def show() -> ResponseReturnValue:
    return _page(PayeeForm())


@bp.post("")
@requires(Permission.BUDGET_PROPOSE)
def add() -> ResponseReturnValue:
    """Add an organization that money can go to; it is not listed in the directory."""
    form = PayeeForm()
    if form.validate():
        with refused(form), transaction():
            listing = Listing(form.name.data, form.kind.data, listed=False)
            if once.claim(form.key, once.request_hash("payee", asdict(listing))) is None:
                add_organization(listing, by=signed_in())
            flash_done(_("The payee is added."))
            return redirect(url_for("fund.payees.show"), 303)
    return _page(form)


def _page(form: PayeeForm) -> ResponseReturnValue:
    page = page_of(reached())
    rows = [reached_of(row) for row in page.rows]
    return render_template("fund/awards/payees.html", form=form, page=page, rows=rows), form.status
