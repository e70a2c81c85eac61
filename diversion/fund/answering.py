"""Take a second person's answer to a paper of the fund."""

from datetime import datetime

from flask import current_app

from diversion.core.errors import NotYours
from diversion.core.money import Money
from diversion.staff.approvals import services as approvals
from diversion.staff.approvals.forms import DecisionForm
from diversion.staff.approvals.models import Decision, Matter
from diversion.staff.approvals.queries import latest_about
from diversion.staff.models import Staff


def answer(
    matter: Matter, subject: str, form: DecisionForm, *, by: Staff, now: datetime
) -> Decision:  # fmt: skip
    """Keep the answer to the newest request about a paper, and return it.

    Raises NotYours where nothing was asked, and what `approvals.decide` raises.
    """
    request = latest_about(matter, subject)
    if request is None:
        raise NotYours
    limit = Money(current_app.config["SUPERVISOR_LIMIT_CENTS"])
    decision = Decision(form.decision.data)
    approvals.decide(request, decision, seen=form.seen.data or "", by=by, limit=limit, now=now)
    return decision
