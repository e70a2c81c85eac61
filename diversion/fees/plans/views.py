"""Make a payment plan, show it, print it for signing, record the signature, end it."""

from typing import Any

from flask import Blueprint, current_app, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from diversion.audit.models import Act
from diversion.core import clock, once
from diversion.core.database import reading, transaction
from diversion.core.tracks import Track
from diversion.core.words import Sentence, _
from diversion.fees import queries as fees
from diversion.fees.plans import queries, services, standing
from diversion.fees.plans.forms import EndForm, PlanForm, SignatureForm
from diversion.fees.plans.models import PaymentPlan
from diversion.fees.wording import wording
from diversion.ledger import queries as ledger
from diversion.participants import access
from diversion.staff.access import requires, signed_in
from diversion.staff.permissions import Permission
from diversion.web.calendar import court_today
from diversion.web.flash import flash_done
from diversion.web.forms import refused
from diversion.web.uploads import fingerprint

bp = Blueprint("plans", __name__, url_prefix="/accounts/<number:number>/plans")
TRACK = Track.SBAD


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.FEE_CHANGE)
def make(number: str) -> ResponseReturnValue:
    """Make a new version of the plan over all that is open."""
    form = PlanForm()
    if form.validate_on_submit():
        with refused(form), transaction():
            person = access.find(number, TRACK, by=signed_in())
            made = services.make(
                person, form.terms, key=form.key, by=signed_in(), on=court_today(),
                now=clock.now(),
            )  # fmt: skip
            flash_done(_("The plan is made. It counts once it is signed."))
            return redirect(url_for("fees.plans.show", number=number, handle=made.handle), 303)
    opened = _open(number)
    owed = queries.unpaid_of(opened.participant.id)
    shown = {"form": form, "opened": opened, "parts": owed, "today": court_today()}
    return render_template("fees/plans/make.html", **shown), form.status


@bp.get("/<string:handle>")
@requires(Permission.FEE_READ)
def show(number: str, handle: str) -> ResponseReturnValue:
    """Show a version with what of each instalment is paid."""
    shown = _plan(number, handle)
    return render_template("fees/plans/show.html", **shown)


@bp.get("/<string:handle>/print")
@requires(Permission.FEE_READ)
def paper(number: str, handle: str) -> ResponseReturnValue:
    """Show a version as the paper that is signed, in the person's language."""
    shown = _plan(number, handle)
    return render_template(
        "fees/plans/print.html", **shown, head=ledger.head(),
        words=wording(shown["opened"].participant.language), county=current_app.config["COUNTY"],
        phone=current_app.config["HELP_DESK"],
    )  # fmt: skip


@bp.route("/<string:handle>/signature", methods=["GET", "POST"])
@requires(Permission.FEE_CHANGE)
def sign(number: str, handle: str) -> ResponseReturnValue:
    """Record that the paper was signed; from now on the plan counts."""
    form = SignatureForm()
    if form.validate_on_submit():
        with refused(form), transaction():
            once.only_once(form.key, "plan_signature", handle, lambda: services.sign(
                _find(number, handle), signed_on=form.signed_on.data, by=signed_in(),
                document_hash=fingerprint(form.document), on=court_today(), now=clock.now(),
            ))  # fmt: skip
            return _back(number, handle, _("The plan counts from now on."))
    if not form.is_submitted():
        form.signed_on.data = court_today()
    return render_template("fees/plans/sign.html", form=form, **_plan(number, handle)), form.status


@bp.route("/<string:handle>/end", methods=["GET", "POST"])
@requires(Permission.FEE_CHANGE)
def end(number: str, handle: str) -> ResponseReturnValue:
    """Let a plan no longer count; nothing else ends with it."""
    form = EndForm()
    if form.validate_on_submit():
        with refused(form), transaction():
            once.only_once(form.key, "plan_end", handle, lambda: services.end(
                _find(number, handle), form.reason.data, by=signed_in(), on=court_today(),
                now=clock.now(),
            ))  # fmt: skip
            return _back(number, handle, _("The plan no longer counts."))
    return render_template("fees/plans/end.html", form=form, **_plan(number, handle)), form.status


def _back(number: str, handle: str, said: Sentence) -> ResponseReturnValue:
    flash_done(said)
    return redirect(url_for("fees.plans.show", number=number, handle=handle), 303)


def _find(number: str, handle: str) -> PaymentPlan:
    return queries.plan(handle, access.find(number, TRACK, by=signed_in()).id)


def _open(number: str) -> access.Opened:
    with reading():
        return access.open_file(number, TRACK, by=signed_in(), why=Act.ACCOUNT_OPENED)


def _plan(number: str, handle: str) -> dict[str, Any]:
    opened = _open(number)
    who = opened.participant.id
    plan = queries.plan(handle, who)
    parts = standing.instalments(plan, {due.obligation: due.open for due in fees.dues(who)})
    counts = queries.of_participant(who)
    return {
        "opened": opened, "plan": plan, "parts": parts, "today": court_today(),
        "state": standing.state(plan, counts, parts, court_today()),
        "is_latest": queries.versions(who)[0].id == plan.id,
        "counts": counts is not None and counts.id == plan.id,
    }  # fmt: skip
