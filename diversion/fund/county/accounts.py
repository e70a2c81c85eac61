"""Show and change under which account of the county each of ours is booked."""

from collections.abc import Iterator, Sequence
from typing import Any

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import HiddenField

from diversion.core.database import transaction
from diversion.core.words import _
from diversion.fund.county import strings
from diversion.ledger import queries as ledger
from diversion.ledger.accounts import CHART, Group
from diversion.ledger.queries import AccountLine
from diversion.staff.access import fresh_factor, requires, signed_in
from diversion.staff.permissions import Permission
from diversion.web.fields import AtMost, TextField
from diversion.web.flash import flash_done
from diversion.web.forms import Form, refused

bp = Blueprint("county_accounts", __name__, url_prefix="/county/accounts")
TITLES = {
    Group.ACTUAL: _("The Human Trafficking Account"),
    Group.BUDGET: _("Its budget"),
    Group.STATUTORY: _("Statutory fee, held for the state"),
}


class AccountsForm(Form):
    """A string of the county for each account; those of the chart are added below."""

    seen = HiddenField()

    def by_group(self) -> Iterator[tuple[Any, list[Any]]]:
        for group, title in TITLES.items():
            yield title, [self[f"code_{a.code}"] for a in CHART if a.group is group]

    def strings(self) -> dict[int, str]:
        return {a.code: (self[f"code_{a.code}"].data or "").strip() for a in CHART}


for _account in CHART:
    setattr(AccountsForm, f"code_{_account.code}", TextField("", [AtMost(60)]))


@bp.get("")
@requires(Permission.LEDGER_READ)
def show() -> ResponseReturnValue:
    accounts = ledger.accounts()
    form = AccountsForm(data={f"code_{a.code}": a.county_string for a in accounts})
    form.seen.data = strings.state({a.code: a.county_string for a in accounts})
    return _page(form, accounts)


@bp.post("")
@requires(Permission.BATCH_MAKE)
@fresh_factor
def change() -> ResponseReturnValue:
    """Keep what was changed; batches that went keep their accounts."""
    form = AccountsForm()
    if form.validate():
        with refused(form), transaction():
            count = strings.change(form.strings(), seen=form.seen.data or "", by=signed_in())
            flash_done(_("Changed: {count}. Later batches use them.", count=count))
            return redirect(url_for("fund.county_accounts.show"), 303)
    return _page(form, ledger.accounts())


def _page(form: AccountsForm, accounts: Sequence[AccountLine]) -> ResponseReturnValue:
    for account in accounts:
        form[f"code_{account.code}"].label.text = f"{account.code} {account.name}"
    named = sum(bool(a.county_string) for a in accounts)
    page = render_template("fund/county/accounts.html", form=form, accounts=accounts, named=named)
    return page, form.status
