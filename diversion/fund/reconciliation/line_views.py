"""Let people match one line by hand, take a match back, and decide what another asked for."""

from flask import Blueprint, current_app, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from diversion.core import clock
from diversion.core.database import transaction
from diversion.core.money import ZERO, Money
from diversion.core.words import _
from diversion.fund.deposits.rows import entries_at
from diversion.fund.reconciliation import papers, queries, services
from diversion.fund.reconciliation.forms import LineForm, UntilForm, line_form
from diversion.fund.reconciliation.rows import (
    PAPERS,
    candidates,
    on_paper,
    shown,
    sum_before,
    value_of,
)
from diversion.fund.reconciliation.services import Choice
from diversion.fund.reconciliation.views import tell
from diversion.ledger.receipts import undeposited
from diversion.staff.access import fresh_factor, requires, signed_in
from diversion.staff.approvals import queries as requests
from diversion.staff.approvals import services as approvals
from diversion.staff.approvals.forms import DecisionForm
from diversion.staff.approvals.models import Decision, Matter
from diversion.staff.permissions import Permission
from diversion.staff.queries import names_of
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


@bp.route("/before", methods=["GET", "POST"])
@requires(Permission.BANK_RECONCILE)
def before() -> ResponseReturnValue:
    """Say until which day the bank has the receipts from before these books (E42)."""
    form = UntilForm()
    if form.validate_on_submit():
        with refused(form), transaction():
            paper = services.ask_before(form.until.data, by=signed_in(), now=clock.now())
            flash_note(_("A second person has to approve it."))
            return redirect(url_for(".paper", subject=paper.handle), 303)
    lying = undeposited(imported=True)
    page = render_template(
        "fund/reconciliation/before.html", form=form, count=len(lying),
        total=Money.total(r.amount for r in lying),
        first=min((r.on for r in lying), default=None),
        last=max((r.on for r in lying), default=None),
    )  # fmt: skip
    return page, form.status


@bp.route("/papers/<handle:subject>", methods=["GET", "POST"])
@requires(Permission.BANK_RECONCILE, Permission.BOOKS_APPROVE)
@fresh_factor
def paper(subject: str) -> ResponseReturnValue:
    """Show what somebody asks for about the bank; a second person decides and it is posted."""
    form = DecisionForm()
    if form.validate_on_submit():
        with refused(form), transaction():
            _decide(subject, form)
            return redirect(url_for("fund.bank.start"), 303)
    found = queries.paper(subject)
    request = requests.latest_about(Matter.BANK, subject)
    form.seen.data = request.hash16 if request else ""
    asker = names_of([found.asked_by_id]).get(found.asked_by_id, "")
    page = render_template(
        "fund/reconciliation/paper.html", form=form, paper=found, request_=request, asker=asker,
        title=PAPERS[found.kind], rows=on_paper(found), before=sum_before(found),
        line=queries.line_of(found), amount=papers.amount_of(found),
        is_own=found.asked_by_id == signed_in().id,
    )  # fmt: skip
    return page, form.status


def _decide(subject: str, form: DecisionForm) -> None:
    found = queries.paper(subject)
    request = requests.latest_about(Matter.BANK, subject)
    if request is None:
        raise approvals.NotApproved
    limit = Money(current_app.config["SUPERVISOR_LIMIT_CENTS"])
    approvals.decide(
        request, form.decision.data, seen=form.seen.data or "", by=signed_in(), limit=limit,
        now=clock.now(),
    )  # fmt: skip
    if form.decision.data is not Decision.APPROVED:
        flash_note(_("Nothing was posted."))
        return
    approver = approvals.approver_of(Matter.BANK, subject, papers.hashed(found))
    papers.carry_out(found, approved_by=approver, on=court_today(), now=clock.now())
    flash_done(_("Approved and posted."))


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
    )  # fmt: skip
    return page, form.status
