"""Show the time before these books, and close it for good."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, current_app, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from diversion.core import clock
from diversion.core.database import transaction
from diversion.core.words import _
from diversion.fund.periods import early, queries, rows, services
from diversion.fund.periods.forms import EarlyForm, EarlyStep
from diversion.fund.periods.outcome import Asked
from diversion.ledger import periods
from diversion.staff.access import requires, signed_in
from diversion.staff.permissions import Permission
from diversion.staff.queries import names_of
from diversion.web.calendar import court_today
from diversion.web.flash import flash_done
from diversion.web.forms import refused

bp = Blueprint("early", __name__, url_prefix="/periods/before")
STEPS: dict[EarlyStep, Callable[..., Any]] = {
    EarlyStep.PROVE: lambda _asked, **more: services.prove(**more),
    EarlyStep.SIGN: services.sign,
    EarlyStep.CLOSE: early.close,
}
SAID = {
    EarlyStep.PROVE: _("The journal was proved from its first entry to the last."),
    EarlyStep.SIGN: _("You signed the review. Somebody else closes the time before these books."),
    EarlyStep.CLOSE: _("The time before these books is closed for good."),
}


@bp.get("")
@requires(Permission.LEDGER_READ)
def show() -> ResponseReturnValue:
    return _page(EarlyForm())


@bp.post("")
@requires(Permission.BOOKS_KEEP)
def step() -> ResponseReturnValue:
    """Prove, sign, or close."""
    form = EarlyForm()
    if form.validate():
        with refused(form), transaction():
            STEPS[form.step.data](_asked(), by=signed_in(), now=clock.now())
            flash_done(SAID[form.step.data])
            return redirect(url_for("fund.early.show"), 303)
    return _page(form)


def _asked() -> Asked:
    return early.asked(court_today(), int(current_app.config["FISCAL_YEAR_STARTS"]))


def _page(form: EarlyForm) -> ResponseReturnValue:
    asked = _asked()
    events = periods.events_of(asked.month.number)
    page = render_template(
        "fund/periods/before.html",
        form=form,
        month=asked.month,
        state=rows.STATES[asked.month.state],
        checks=[] if asked.month.is_closed else rows.check_lines(early.run(asked)),
        amount=early.amount(asked),
        is_signed=queries.signature_of(asked.month) is not None,
        seal=queries.snapshot_of(asked.month.number),
        events=events,
        names=names_of({who for e in events for who in (e.actor, e.approver) if who}),
    )
    return page, form.status
