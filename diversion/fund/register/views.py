"""Show the register of the account, and every entry behind it."""

import calendar
from datetime import date

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from diversion.core.errors import NotYours
from diversion.core.money import Money
from diversion.fund.corrections.elsewhere import is_undone_here
from diversion.fund.deposits.rows import entries_at
from diversion.fund.kinds import event_words
from diversion.fund.register.forms import asked
from diversion.fund.register.rows import heading, lines_of, stands_for
from diversion.fund.register.sources import papers_for, sources_of
from diversion.ledger import journal, queries, registers
from diversion.staff.access import requires, signed_in
from diversion.staff.permissions import Permission
from diversion.staff.queries import names_of
from diversion.web.calendar import court_today
from diversion.web.paging import page_of

bp = Blueprint("register", __name__)


@bp.get("/ledger")
@requires(Permission.LEDGER_READ)
def show() -> ResponseReturnValue:
    accounts = queries.accounts(active_only=True)
    form = asked(accounts, _month(court_today()))
    wanted = form.wanted()
    page = page_of(registers.entries(wanted))
    opening, lines = lines_of(wanted, page.rows, papers_for(signed_in(), page.rows))
    return render_template(
        "fund/register/show.html",
        form=form,
        heading=heading(wanted.accounts, accounts),
        wanted=wanted,
        sums=registers.sums(wanted),
        page=page,
        opening=opening,
        lines=lines,
        head=queries.head(),
        entries_at=entries_at(),
    )


@bp.get("/entries/<int(max=2000000000):number>")
@requires(Permission.LEDGER_READ)
def entry(number: int) -> ResponseReturnValue:
    found = journal.entry(number)
    if found is None:
        raise NotYours
    return render_template(
        "fund/register/entry.html",
        entry=found,
        event=event_words(found.event),
        names=names_of([found.actor, found.approver or found.actor]),
        total=Money.total(line.debit for line in found.lines),
        sources=sources_of(found, signed_in()),
        stands_for=stands_for(found.lines),
        may_turn_back=is_undone_here(found) and not found.reversed_by,
    )


def _month(day: date) -> tuple[date, date]:
    return day.replace(day=1), day.replace(day=calendar.monthrange(day.year, day.month)[1])
