"""Show on one page what the fund did in a year, for everyone to read."""

from datetime import date, timedelta

from flask import Blueprint, current_app, render_template, request
from flask.typing import ResponseReturnValue

from diversion.core.money import Money
from diversion.fund.budget.rules import year_start
from diversion.fund.disclosure import people, queries, rules
from diversion.staff.access import requires
from diversion.staff.permissions import Permission
from diversion.web.calendar import court_today

bp = Blueprint("disclosure", __name__, url_prefix="/public-statement")


@bp.get("")
@requires(Permission.LEDGER_READ)
def show() -> ResponseReturnValue:
    """Show the year that runs, or the one before it."""
    first, last = _days(request.args.get("year") == "last")
    accounts, spent = queries.by_account(first, last), queries.spent(first, last)
    came, went = rules.income(accounts), rules.outgo(spent, accounts, people.behind)
    before = queries.balance_before(first)
    into = Money.total(cell.amount for cell in came)
    return render_template(
        "fund/disclosure/show.html",
        county=current_app.config["COUNTY"],
        first=first,
        last=last,
        income=came,
        went=went,
        before=before,
        into=into,
        after=before + into - went.out.amount,
        is_last=request.args.get("year") == "last",
    )


def _days(before: bool) -> tuple[date, date]:
    today, month = court_today(), int(current_app.config["FISCAL_YEAR_STARTS"])
    first = year_start(today, month)
    if not before:
        return first, today
    return year_start(first - timedelta(days=1), month), first - timedelta(days=1)
