"""Let people match one line by hand, and take a match back."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from diversion.core import clock
from diversion.core.database import transaction
from diversion.core.money import ZERO
from diversion.core.words import _
from diversion.fund.deposits.rows import entries_at
from diversion.fund.reconciliation import papers, queries, services
from diversion.fund.reconciliation.forms import LineForm, line_form
from diversion.fund.reconciliation.rows import (
    candidates,
    shown,
    value_of,
)
from diversion.fund.reconciliation.services import Choice
from diversion.fund.reconciliation.views import tell
from diversion.staff.access import requires, signed_in
from diversion.staff.permissions import Permission
from diversion.web.calendar import court_today
from diversion.web.flash import flash_done, flash_note
from diversion.web.forms import Form, refused

bp = Blueprint("matching", __name__, url_prefix="/bank")


@bp.get("/lines/<handle:handle>")
@requires(Permission.LEDGER_READ)
def line(handle: str) -> ResponseReturnValue:
    """Show one line: what it is and which entries it is, or what it may be."""
    return _line(handle, line_form(queries.line(handle).amount > ZERO))


@bp.post("/lines/<handle:handle>")
@requires(Permission.BANK_RECONCILE)
def say(handle: str) -> ResponseReturnValue:
    """Match a line as a person says."""
    found = queries.line(handle)
    form = line_form(found.amount > ZERO)
    if form.validate():
        with refused(form), transaction():
            own = queries.line(handle)
            ticked = set(form.items.data or [])
            items = tuple(item for item in candidates(own) if value_of(item) in ticked)
            choice = Choice(own, form.meaning.data, items)
            tell(services.say([choice], by=signed_in(), on=court_today(), now=clock.now()))
            return redirect(url_for(".line", handle=handle), 303)
    return _line(handle, form)


@bp.post("/lines/<handle:handle>/unmatch")
@requires(Permission.BANK_RECONCILE)
def unmatch(handle: str) -> ResponseReturnValue:
    """Take a match back; what it had posted is reversed once a second person approves."""
    form = line_form(queries.line(handle).amount > ZERO)
    with refused(form), transaction():
        said = services.unmatch(
            queries.line(handle), by=signed_in(), on=court_today(), now=clock.now()
        )
        if said.is_posted:
            flash_done(_("The match is taken back."))
        else:
            flash_note(_("A second person has to approve it. Then the entries are reversed."))
        return redirect(url_for(".line", handle=handle), 303)
    return _line(handle, form)


def _line(handle: str, form: LineForm) -> ResponseReturnValue:
    found = queries.line(handle)
    proposal = services.proposals([found])
    own = shown([found], proposal)[0]
    items = candidates(found) if own.state == "open" else []
    if not form.is_submitted() and found.id in proposal:
        form.meaning.process_data(proposal[found.id].meaning)
        form.items.data = [value_of(item) for item in proposal[found.id].items]
    waiting = [p for p in papers.about_line(found.id) if p.handle in queries.waiting_papers()]
    page = render_template(
        "fund/reconciliation/line.html", form=form, row=own, line=found,
        items=[(value_of(item), item) for item in items],
        ticked=set(form.items.data or []), entries_at=entries_at(), plain=Form(),
        statement=queries.statement_of(found), waiting=waiting,
        back=queries.back_of(found.statement_id),
    )  # fmt: skip
    return page, form.status
