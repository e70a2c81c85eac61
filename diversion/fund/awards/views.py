"""Show what is promised to whom; ask for awards and for what becomes of them."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from diversion.core import clock
from diversion.core.database import transaction
from diversion.core.words import _
from diversion.fund.awards import queries, services
from diversion.fund.awards.forms import AwardForm, StepForm, award_form
from diversion.fund.awards.rows import line_of
from diversion.fund.awards.services import Promise, Step
from diversion.fund.awards.steps import STEPS, kind_of, open_steps
from diversion.fund.budget import queries as budget
from diversion.fund.orders import history
from diversion.fund.orders.kinds import OrderKind
from diversion.partners.agencies import queries as agencies
from diversion.staff.access import requires, signed_in
from diversion.staff.permissions import Permission
from diversion.web.calendar import court_today
from diversion.web.flash import flash_done
from diversion.web.forms import refused
from diversion.web.paging import page_of
from diversion.web.uploads import fingerprint

bp = Blueprint("awards", __name__, url_prefix="/awards")
ASKED = _("Asked. Another finance approver decides.")


@bp.get("")
@requires(Permission.LEDGER_READ)
def show_all() -> ResponseReturnValue:
    """List the awards, newest first."""
    page = page_of(queries.awards())
    rows = [line_of(row) for row in page.rows]
    return render_template("fund/awards/show_all.html", page=page, rows=rows)


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.BUDGET_PROPOSE)
def new() -> ResponseReturnValue:
    """Ask for an award out of a budget line."""
    form = award_form(budget.standings(court_today()), court_today())
    if form.validate_on_submit():
        with refused(form), transaction():
            payee = agencies.organization(form.payee.data) if form.payee.data else None
            order = services.promise(
                budget.line(form.line.data), payee, _promise(form), key=form.key, by=signed_in(),
                on=court_today(), now=clock.now(),
            )  # fmt: skip
            flash_done(ASKED)
            return redirect(url_for("fund.decisions.show", subject=order.handle), 303)
    return render_template("fund/awards/new.html", form=form), form.status


@bp.get("/<string:number>")
@requires(Permission.LEDGER_READ)
def show(number: str) -> ResponseReturnValue:
    """Show one award: what is left of it, and everything that was asked about it."""
    award = queries.award(number)
    left = queries.left(award.id)
    return render_template(
        "fund/awards/show.html",
        award=award,
        line=line_of(queries.row_of(award.id)),
        left=left,
        steps=open_steps(award, left),
        past=history.of_award(award.id),
    )


@bp.route("/<string:number>/<string:what>", methods=["GET", "POST"])
@requires(Permission.BUDGET_PROPOSE)
def step(number: str, what: str) -> ResponseReturnValue:
    """Ask for more of an award, its release, an advance, or a return."""
    award, form = queries.award(number), StepForm()
    kind = kind_of(what, award)
    if form.validate_on_submit():
        with refused(form), transaction():
            asked = services.take_step(
                award, _step(kind, form), key=form.key, by=signed_in(), now=clock.now()
            )
            flash_done(ASKED)
            return redirect(url_for("fund.decisions.show", subject=asked.handle), 303)
    page = render_template(
        "fund/awards/step.html", form=form, award=award, step=STEPS[kind],
        left=queries.left(award.id),
    )  # fmt: skip
    return page, form.status


def _promise(form: AwardForm) -> Promise:
    return Promise(
        form.payee_kind.data, form.aim.data, form.amount.data, fingerprint(form.document)
    )


def _step(kind: OrderKind, form: StepForm) -> Step:
    method = form.method.data if kind is OrderKind.ADVANCE else None
    return Step(
        kind, form.amount.data, method, form.reference.data, fingerprint(form.document),
        form.note.data,
    )  # fmt: skip
