"""Let people out: sign out, or cover the screen for a while."""

from flask import Blueprint, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from diversion.core import clock
from diversion.core.database import transaction
from diversion.staff import access, sessions
from diversion.staff.access import enter, half_way, sign_in_session, signed_in_only
from diversion.staff.sessions import Stage
from diversion.staff.sign_in import door, passwords, services
from diversion.staff.sign_in.forms import UnlockForm
from diversion.staff.sign_in.views import NoMatch

bp = Blueprint("leaving", __name__)


@bp.post("/sign-out")
@half_way
def leave() -> ResponseReturnValue:
    """End the session here and now."""
    row = sign_in_session()
    with transaction():
        services.sign_out(row, now=clock.now())
    access.leave()
    answer = make_response(redirect(url_for("staff.sign_in.start"), 303))
    answer.headers["Clear-Site-Data"] = '"cache"'
    return answer


@bp.post("/lock")
@signed_in_only
def lock() -> ResponseReturnValue:
    """Cover the screen; the password uncovers it."""
    with transaction():
        sessions.lock(sign_in_session())
    return redirect(url_for(".unlock"), 303)


@bp.route("/unlock", methods=["GET", "POST"])
@half_way
def unlock() -> ResponseReturnValue:
    """Ask for the password of whoever covered the screen."""
    row, form = sign_in_session(), UnlockForm()
    if row.stage is not Stage.LOCKED:
        return door.onward(row)
    if form.validate_on_submit():
        matched = passwords.matches(row.staff.password_hash, form.password.data, door.method())
        with transaction():
            token = services.try_unlock(row, matched, place=door.place(), now=clock.now())
        if token:
            return door.onward(enter(token))
        form.refuse(NoMatch())
    return render_template("staff/sign_in/unlock.html", form=form), form.status
