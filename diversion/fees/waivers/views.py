"""Ask to change a fee, show the request, decide it."""

from typing import Any

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from diversion.audit.models import Act
from diversion.core import clock
from diversion.core.database import reading, transaction
from diversion.core.tracks import Track
from diversion.core.words import Sentence, _
from diversion.fees.ability import queries as ability
from diversion.fees.ability.forms import policy
from diversion.fees.ability.models import AbilityWorksheet
from diversion.fees.ability.rules import Proposal, propose
from diversion.fees.models import Obligation
from diversion.fees.waivers import pages, queries, services
from diversion.fees.waivers.forms import ChangeForm, ReinstateForm
from diversion.participants import access
from diversion.staff.access import fresh_factor, requires, signed_in
from diversion.staff.approvals.answers import answer
from diversion.staff.approvals.forms import DecisionForm
from diversion.staff.approvals.models import Decision
from diversion.staff.permissions import Permission
from diversion.web.calendar import court_today
from diversion.web.flash import flash_done
from diversion.web.forms import refused

bp = Blueprint("waivers", __name__)
TRACK = Track.SBAD
DECIDED: dict[Decision, Sentence] = {
    Decision.APPROVED: _("Approved and posted."),
    Decision.REFUSED: _("Refused. Nothing was posted."),
    Decision.WITHDRAWN: _("Withdrawn. Nothing was posted."),
}


@bp.route("/accounts/<number:number>/fees/<string:handle>/change", methods=["GET", "POST"])
@requires(Permission.FEE_CHANGE)
def ask(number: str, handle: str) -> ResponseReturnValue:
    """Ask a second person to waive, reduce, write off or raise a fee."""
    form = ChangeForm()
    if form.validate_on_submit():
        with refused(form), transaction():
            person = access.find(number, TRACK, by=signed_in())
            fee = queries.obligation(handle, person.id)
            wanted = form.wanted(ability.latest_of(person.id))
            asked = services.ask(
                person, fee, wanted, key=form.key, by=signed_in(), on=court_today(),
                now=clock.now(),
            )  # fmt: skip
            return _asked(asked.handle)
    with reading():
        opened = access.open_file(number, TRACK, by=signed_in(), why=Act.ACCOUNT_OPENED)
        fee = queries.obligation(handle, opened.participant.id)
    form.meet(_proposed(ability.latest_of(opened.participant.id), fee))
    shown = pages.asking(opened, fee)
    return render_template("fees/waivers/ask.html", form=form, **shown), form.status


@bp.route("/changes/<string:handle>/reinstate", methods=["GET", "POST"])
@requires(Permission.FEE_CHANGE)
def reinstate(handle: str) -> ResponseReturnValue:
    """Ask a second person to bring back what was given up."""
    form, given_up = ReinstateForm(), pages.within_reach(handle, signed_in())
    if form.validate_on_submit():
        with refused(form), transaction():
            given_up = pages.within_reach(handle, signed_in())
            asked = services.ask(
                pages.participant_of(given_up), given_up.obligation, form.wanted(given_up),
                key=form.key, by=signed_in(), on=court_today(), now=clock.now(),
            )  # fmt: skip
            return _asked(asked.handle)
    shown = pages.paper(given_up)
    return render_template("fees/waivers/reinstate.html", form=form, **shown), form.status


@bp.get("/changes/<string:subject>")
@requires(Permission.FEE_READ, Permission.LEDGER_READ)
def show(subject: str) -> ResponseReturnValue:
    """Show what is asked about a fee, and the buttons to whoever may decide it."""
    with reading():
        shown = pages.opened(pages.within_reach(subject, signed_in()), signed_in())
    return render_template("fees/waivers/show.html", form=_form(shown), **shown)


@bp.post("/changes/<string:subject>")
@requires(Permission.FEE_CHANGE, Permission.WAIVER_APPROVE)
@fresh_factor
def decide(subject: str) -> ResponseReturnValue:
    """Approve and post in one act, refuse, or withdraw."""
    form = DecisionForm()
    if form.validate_on_submit():
        with refused(form), transaction():
            return _decided(subject, form)
    with reading():
        shown = pages.opened(pages.within_reach(subject, signed_in()), signed_in())
    form.seen.data = shown["request"].hash16
    return render_template("fees/waivers/show.html", form=form, **shown), form.status


def _decided(subject: str, form: DecisionForm) -> ResponseReturnValue:
    asked = pages.within_reach(subject, signed_in())
    given = answer(asked.change.matter, subject, form)
    if given is Decision.APPROVED:
        services.carry_out(
            asked, hold_days=current_app.config["REFUND_HOLD_DAYS"], on=court_today(),
            now=clock.now(),
        )  # fmt: skip
    flash_done(DECIDED[given])
    return redirect(url_for("fees.waivers.show", subject=subject), 303)


def _asked(handle: str) -> ResponseReturnValue:
    flash_done(_("Asked. It waits for a second person."))
    return redirect(url_for("fees.waivers.show", subject=handle), 303)


def _form(shown: dict[str, Any]) -> DecisionForm:
    form = DecisionForm(formdata=None)
    form.seen.data = shown["request"].hash16
    return form


def _proposed(sheet: AbilityWorksheet | None, fee: Obligation) -> Proposal | None:
    if sheet is None or "worksheet" not in request.args:
        return None
    return propose(ability.facts_of(sheet), queries.open_of(fee.id), policy())
