"""Show the chart of accounts, and switch what the county may use or leave."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from diversion.core import clock
from diversion.core.database import transaction
from diversion.core.errors import NotYours
from diversion.core.words import _
from diversion.fund.chart import queries, rules, services
from diversion.fund.chart.forms import SwitchForm
from diversion.fund.chart.models import Use
from diversion.ledger import queries as ledger
from diversion.ledger.accounts import BY_CODE
from diversion.staff.access import fresh_factor, requires, signed_in
from diversion.staff.permissions import Permission
from diversion.web.calendar import court_today
from diversion.web.flash import flash_done
from diversion.web.forms import refused

bp = Blueprint("chart", __name__, url_prefix="/accounts")


@bp.get("")
@requires(Permission.LEDGER_READ)
def show_all() -> ResponseReturnValue:
    """List every account with what stands on it."""
    return render_template(
        "fund/chart/show_all.html",
        accounts=ledger.accounts(),
        nets=ledger.net_of(),
        subs={code: account.sub for code, account in BY_CODE.items()},
        uses={code: _address(use) for code, use in rules.OF_ACCOUNT.items()},
    )


@bp.get("/<string:name>")
@requires(Permission.LEDGER_READ)
def show(name: str) -> ResponseReturnValue:
    """Show a use with its accounts, and how it was switched."""
    return _page(_use(name), SwitchForm())


@bp.post("/<string:name>")
@requires(Permission.BOOKS_APPROVE)
@fresh_factor
def switch(name: str) -> ResponseReturnValue:
    """Switch the accounts of a use on or off."""
    form, use = SwitchForm(), _use(name)
    if form.validate():
        with refused(form), transaction():
            wanted = form.to.data == "on"
            services.switch(
                use, form.reason.data, wanted=wanted, by=signed_in(), on=court_today(),
                now=clock.now(),
            )  # fmt: skip
            flash_done(_("Switched on.") if wanted else _("Switched off."))
            return redirect(url_for("fund.chart.show", name=name), 303)
    return _page(use, form)


def _address(use: Use) -> str:
    return use.value.replace("_", "-")


def _use(name: str) -> Use:
    """Return the use of an address. Raises NotYours."""
    found = next((use for use in Use if _address(use) == name), None)
    if found is None:
        raise NotYours
    return found


def _page(use: Use, form: SwitchForm) -> ResponseReturnValue:
    is_on, codes = queries.is_on(use), rules.ACCOUNTS[use]
    form.to.data = "off" if is_on else "on"
    page = render_template(
        "fund/chart/show.html",
        use=use,
        text=rules.TEXTS[use],
        is_on=is_on,
        form=form,
        accounts=[(f"{code} {BY_CODE[code].name}", ledger.balance(code)) for code in codes],
        switches=queries.switches(use),
    )
    return page, form.status
