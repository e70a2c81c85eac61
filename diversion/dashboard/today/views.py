"""Show each person what waits for them today."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from diversion.core import clock
from diversion.core.database import reading
from diversion.dashboard.today.blocks import Answer, collect
from diversion.dashboard.today.greeting import greeting
from diversion.staff.access import sign_in_session, signed_in, signed_in_only, under_lock
from diversion.web.calendar import at_court, court_today

bp = Blueprint("today", __name__)


@bp.get("/")
@signed_in_only
@under_lock
def show() -> ResponseReturnValue:
    me = signed_in()
    if len(me.sides()) > 1 and sign_in_session().active_track is None:
        return redirect(url_for("staff.account.side"), 303)
    with reading():
        answers = collect(me)
    lead, others = _apart(answers)
    return render_template(
        "dashboard/today/show.html",
        day=court_today(),
        greeting=greeting(at_court(clock.now()).hour, me.name.split()[0], len(answers)),
        lead=lead,
        others=others,
    )


def _apart(answers: list[Answer]) -> tuple[Answer | None, list[Answer]]:
    """Take the first block out if it is the one next thing to do."""
    if answers and answers[0].is_first and answers[0].block:
        return answers[0], answers[1:]
    return None, answers
