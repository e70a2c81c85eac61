"""Show what is left open, and write down what the judge decided."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from diversion.community_court.appearances import deciding, queries
from diversion.community_court.appearances.forms import DecisionForm
from diversion.community_court.queues import lists
from diversion.core import clock
from diversion.core.database import reading, transaction
from diversion.core.tracks import Track
from diversion.core.words import _
from diversion.participants.access import visible_to
from diversion.staff.access import requires, signed_in
from diversion.staff.permissions import Permission
from diversion.web.calendar import court_today
from diversion.web.flash import flash_done
from diversion.web.forms import refused

bp = Blueprint("queues", __name__)


@bp.get("/without-outcome")
@requires(Permission.APPEARANCE_RECORD)
def without_outcome() -> ResponseReturnValue:
    """List lines of past docket days without a result."""
    with reading():
        waiting = lists.without_outcome(by=signed_in(), today=court_today())
    return render_template("community_court/queues/without_outcome.html", waiting=waiting)


@bp.get("/without-date")
@requires(Permission.DOCKET_MANAGE)
def without_date() -> ResponseReturnValue:
    """List who comes to court and has no date."""
    with reading():
        waiting = lists.without_date(by=signed_in(), today=court_today())
    return render_template("community_court/queues/without_date.html", waiting=waiting)


@bp.get("/missed")
@requires(Permission.APPEARANCE_RECORD)
def missed() -> ResponseReturnValue:
    """List who did not appear and waits for the judge."""
    return _missed(DecisionForm(formdata=None))


@bp.post("/outcomes/<handle:outcome>/decision")
@requires(Permission.APPEARANCE_RECORD)
def decide(outcome: str) -> ResponseReturnValue:
    """Write down the judge's decision; it closes the question."""
    form = DecisionForm()
    found = queries.outcome_for(outcome, visible_to(signed_in(), Track.COMMUNITY_COURT))
    if form.validate_on_submit():
        with refused(form), transaction():
            deciding.decide(
                found, form.decision.data, notice_arrived=form.notice_arrived.data,
                by=signed_in(), on=court_today(), now=clock.now(),
            )  # fmt: skip
            flash_done(_("The judge's decision is on record."))
            return redirect(url_for("community_court.queues.missed"), 303)
    return _missed(form, wrong=outcome)


def _missed(form: DecisionForm, wrong: str = "") -> ResponseReturnValue:
    with reading():
        waiting = lists.missed(by=signed_in())
    page = "community_court/queues/missed.html"
    return render_template(page, waiting=waiting, form=form, wrong=wrong), form.status
