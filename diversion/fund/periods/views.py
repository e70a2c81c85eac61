"""Show the months of the books, and close them."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from diversion.core import clock
from diversion.core.database import transaction
from diversion.core.words import _
from diversion.fund.periods import checks, queries, rows, services
from diversion.fund.periods.forms import ExplanationForm, Step, StepForm
from diversion.fund.periods.outcome import Asked
from diversion.ledger import periods
from diversion.ledger import queries as ledger
from diversion.ledger.commands import PeriodState
from diversion.staff.access import requires, signed_in
from diversion.staff.permissions import Permission
from diversion.staff.queries import names_of
from diversion.web.flash import flash_done
from diversion.web.forms import Form, refused

bp = Blueprint("periods", __name__, url_prefix="/periods")
STEPS: dict[Step, Callable[..., Any]] = {
    Step.BEGIN: services.begin,
    Step.RESUME: services.resume,
    Step.PROVE: lambda _asked, **more: services.prove(**more),
    Step.CLOSE: services.close,
}
SAID = {
    Step.BEGIN: _("Only adjustments go into the month now."),
    Step.RESUME: _("The month takes entries again."),
    Step.PROVE: _("The journal was proved from its first entry to the last."),
    Step.CLOSE: _("The month is closed and sealed."),
}


@bp.get("")
@requires(Permission.LEDGER_READ)
def start() -> ResponseReturnValue:
    money, free = rows.where_the_money_is()
    return render_template(
        "fund/periods/start.html", months=rows.month_lines(), money=money, free=free
    )


@bp.get("/<string:month>/close")
@requires(Permission.LEDGER_READ)
def show(month: str) -> ResponseReturnValue:
    """Show the checklist of an open month, or the seal of a closed one."""
    asked = rows.asked(month)
    return _sealed(asked) if asked.month.is_closed else _checklist(asked, StepForm())


@bp.post("/<string:month>/close")
@requires(Permission.BOOKS_KEEP)
def step(month: str) -> ResponseReturnValue:
    """Take the next step towards closing a month."""
    asked, form = rows.asked(month), StepForm()
    if form.validate():
        with refused(form), transaction():
            STEPS[form.step.data](rows.asked(month), by=signed_in(), now=clock.now())
            flash_done(SAID[form.step.data])
            return redirect(url_for("fund.periods.show", month=month), 303)
    return _checklist(asked, form)


@bp.post("/<string:month>/explanations")
@requires(Permission.BOOKS_KEEP)
def explain(month: str) -> ResponseReturnValue:
    """Say why a check may stay open."""
    form = ExplanationForm()
    if form.validate():
        with refused(form), transaction():
            services.explain(
                rows.asked(month), form.check.data, form.reason.data, by=signed_in(),
                now=clock.now(),
            )  # fmt: skip
            return redirect(url_for("fund.periods.show", month=month), 303)
    return _checklist(rows.asked(month), form)


def _checklist(asked: Asked, form: Form) -> ResponseReturnValue:
    outcomes = checks.run(asked)
    money, free = rows.where_the_money_is()
    done = sum(each.is_done for each in outcomes)
    page = render_template(
        "fund/periods/show.html",
        month=asked.month,
        form=form,
        blank=StepForm(formdata=None),
        explanation=form if isinstance(form, ExplanationForm) else ExplanationForm(formdata=None),
        checks=rows.check_lines(outcomes),
        done=done,
        all_done=done == len(outcomes),
        is_over=asked.today > asked.month.last,
        days_left=(asked.month.last - asked.today).days,
        state=rows.STATES[asked.month.state],
        months=rows.month_lines()[:6],
        money=money,
        free=free,
    )
    return page, form.status


def _sealed(asked: Asked) -> ResponseReturnValue:
    month = asked.month
    seal = queries.snapshot_of(month.number)
    events = periods.events_of(month.number)
    staff = {who for e in events for who in (e.actor, e.approver) if who}
    return render_template(
        "fund/periods/sealed.html",
        month=month,
        seal=seal,
        state=rows.STATES[month.state],
        checks=rows.sealed_checks(seal.id) if seal else [],
        balances=queries.balances_of(seal.id) if seal else [],
        accounts={a.code: a.name for a in ledger.accounts()},
        events=events,
        states=rows.STATES,
        names=names_of(staff),
        times=periods.reopened(month.first, month.last).get(month.number, 0),
        reopenings=queries.reopenings_of(month.number),
        may_reopen=month.state is PeriodState.CLOSED and not periods.closed_after(month.number),
    )
