"""Show to whom the state's fee is sent on, and put a new split in force."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from diversion.core import clock
from diversion.core.database import transaction
from diversion.core.words import _
from diversion.fees.remittees import queries, services
from diversion.fees.remittees.forms import SplitForm
from diversion.ledger.unusual import is_statutory_on
from diversion.staff.access import fresh_factor, requires, signed_in
from diversion.staff.permissions import Permission
from diversion.web.calendar import court_today
from diversion.web.flash import flash_done
from diversion.web.forms import refused

bp = Blueprint("remittees", __name__, url_prefix="/state-split")


@bp.get("")
@requires(Permission.FEE_READ, Permission.LEDGER_READ)
def show() -> ResponseReturnValue:
    """List the splits, the one in force marked."""
    return _page(SplitForm())


@bp.post("")
@requires(Permission.FEE_SCHEDULE)
@fresh_factor
def put() -> ResponseReturnValue:
    """Put a split in force from a day on; what was taken before stays as it was split."""
    form = SplitForm()
    if form.validate():
        with refused(form), transaction():
            services.put_in_force(
                form.shares, key=form.key, by=signed_in(), on=form.in_force_on.data,
                today=court_today(), now=clock.now(),
            )  # fmt: skip
            flash_done(_("The split is kept."))
            return redirect(url_for("fees.remittees.show"), 303)
    return _page(form)


def _page(form: SplitForm) -> ResponseReturnValue:
    page = render_template(
        "fees/remittees/show.html", form=form, splits=queries.listed(), today=court_today(),
        in_force=queries.in_force(court_today()), is_on=is_statutory_on(),
    )  # fmt: skip
    return page, form.status
