"""Show what the judge decided, and let a decision that does not hold be withdrawn."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from diversion.community_court.appearances import deciding, decisions, queries
from diversion.community_court.appearances.forms import WithdrawalForm
from diversion.community_court.appearances.models import Outcome
from diversion.community_court.appearances.words import DECISIONS, WITHDRAWALS
from diversion.community_court.queues.decided import course, listed
from diversion.core import clock
from diversion.core.database import db, reading, transaction
from diversion.core.tracks import Track
from diversion.core.words import _
from diversion.participants.access import visible_to
from diversion.staff.access import requires, signed_in
from diversion.staff.permissions import Permission
from diversion.web.calendar import court_today
from diversion.web.flash import flash_done
from diversion.web.forms import refused

bp = Blueprint("decisions", __name__)
TRACK = Track.COMMUNITY_COURT


@bp.get("/decisions")
@requires(Permission.APPEARANCE_RECORD)
def index() -> ResponseReturnValue:
    """List the decisions that hold, the latest first."""
    with reading():
        decided = listed(by=signed_in())
    page = "community_court/queues/decided.html"
    return render_template(page, decided=decided, decisions=DECISIONS)


@bp.get("/outcomes/<handle:outcome>/decision")
@requires(Permission.APPEARANCE_RECORD)
def show(outcome: str) -> ResponseReturnValue:
    """Show what was decided about one line, withdrawn decisions too."""
    found = queries.outcome_for(outcome, visible_to(signed_in(), TRACK))
    return _page(found, WithdrawalForm(formdata=None))


@bp.post("/decisions/<handle:decision>/withdrawal")
@requires(Permission.APPEARANCE_RECORD)
def withdraw(decision: str) -> ResponseReturnValue:
    """Say that a decision does not hold; both entries stay."""
    form = WithdrawalForm()
    found = decisions.found(decision, visible_to(signed_in(), TRACK))
    outcome = db.session.get_one(Outcome, found.outcome_id)
    if form.validate_on_submit():
        with refused(form), transaction():
            deciding.withdraw(
                found, form.why.data, by=signed_in(), on=court_today(), now=clock.now()
            )
            flash_done(_("The decision is withdrawn. Both entries stay on record."))
            return redirect(url_for(".show", outcome=outcome.handle), 303)
    return _page(outcome, form)


def _page(outcome: Outcome, form: WithdrawalForm) -> ResponseReturnValue:
    missed_on, handle = outcome.happened_on, outcome.handle
    with reading():
        found = course(outcome, by=signed_in())
    if found.standing:
        form.offer(found.standing.decision)
    page = render_template(
        "community_court/queues/decision.html", course=found, form=form, missed_on=missed_on,
        outcome=handle, decisions=DECISIONS, withdrawals=WITHDRAWALS,
    )  # fmt: skip
    return page, form.status
