"""Take a second person's answer to whatever paper waits for one."""

from flask import current_app

from diversion.core import clock
from diversion.core.errors import NotYours
from diversion.core.money import Money
from diversion.staff.access import signed_in
from diversion.staff.approvals import services
from diversion.staff.approvals.forms import DecisionForm
from diversion.staff.approvals.models import Decision, Matter
from diversion.staff.approvals.queries import latest_about


def answer(matter: Matter, subject: str, form: DecisionForm) -> Decision:
    """Keep the answer to the newest request about a paper, and return it.

    Raises NotYours where nothing was asked, and what `services.decide` raises.
    """
    request = latest_about(matter, subject)
    if request is None:
        raise NotYours
    decision = Decision(form.decision.data)
    limit = Money(current_app.config["SUPERVISOR_LIMIT_CENTS"])
    services.decide(
        request, decision, seen=form.seen.data or "", by=signed_in(), limit=limit, now=clock.now()
    )
    return decision
