"""Show whether the county is a small office, what that means, and switch it."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from diversion.core import clock
from diversion.core.database import transaction
from diversion.core.words import _
from diversion.fund.chart.forms import SwitchForm
from diversion.fund.office import services
from diversion.ledger import office
from diversion.staff.access import fresh_factor, requires, signed_in
from diversion.staff.permissions import Permission
from diversion.staff.queries import names_of
from diversion.web.calendar import court_today
from diversion.web.flash import flash_done
from diversion.web.forms import refused

bp = Blueprint("office", __name__, url_prefix="/small-office")


@bp.get("")
@requires(Permission.LEDGER_READ)
def show() -> ResponseReturnValue:
    """Show the mode and how it was switched."""
    return _page(SwitchForm())


@bp.post("")
@requires(Permission.BOOKS_APPROVE)
@fresh_factor
def switch() -> ResponseReturnValue:
    """Switch the mode on or off, for what is posted from now on."""
    form = SwitchForm()
    if form.validate():
        with refused(form), transaction():
            wanted = form.to.data == "on"
            services.switch(
                form.reason.data, wanted=wanted, by=signed_in(), on=court_today(), now=clock.now()
            )
            flash_done(_("Switched on.") if wanted else _("Switched off."))
            return redirect(url_for("fund.office.show"), 303)
    return _page(form)


def _page(form: SwitchForm) -> ResponseReturnValue:
    made = office.switches()[::-1]
    is_on, me = bool(made) and made[0].is_on, signed_in()
    form.to.data = "off" if is_on else "on"
    page = render_template(
        "fund/office/show.html", form=form, is_on=is_on, switches=made,
        names=names_of({each.actor for each in made}),
        takes_money=me.may(Permission.RECEIPT_TAKE) and not is_on,
    )  # fmt: skip
    return page, form.status
