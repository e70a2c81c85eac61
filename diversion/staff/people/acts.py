"""Carry out the acts of the staff pages that are one button each."""

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue

from diversion.core import clock
from diversion.core.database import transaction
from diversion.core.errors import NotYours
from diversion.core.words import Sentence, _
from diversion.staff import sessions
from diversion.staff.access import fresh_factor, requires, signed_in
from diversion.staff.models import Staff
from diversion.staff.people import queries, services
from diversion.staff.permissions import Permission
from diversion.staff.sessions import SignInSession
from diversion.staff.sign_in import services as sign_in
from diversion.web.flash import flash_done

bp = Blueprint("acts", __name__)


@bp.post("/staff/<handle>/roles/<grant>/confirm")
@requires(Permission.STAFF_MANAGE)
@fresh_factor
def confirm_role(handle: str, grant: str) -> ResponseReturnValue:
    """Let a role count that another administrator asked for."""
    staff = queries.person(handle)
    with transaction():
        services.confirm_role(
            queries.grant_of(staff, grant), staff, by=signed_in(), now=clock.now()
        )
    return _back(handle, _("The role counts from now on."))


@bp.post("/staff/<handle>/roles/<grant>/remove")
@requires(Permission.STAFF_MANAGE)
@fresh_factor
def remove_role(handle: str, grant: str) -> ResponseReturnValue:
    """Take a role away, effective on the person's next request."""
    staff = queries.person(handle)
    with transaction():
        services.remove_role(queries.grant_of(staff, grant), staff, by=signed_in(), now=clock.now())
    return _back(handle, _("The role is taken away, and the person is signed out."))


@bp.post("/staff/<handle>/release")
@requires(Permission.STAFF_MANAGE)
def release(handle: str) -> ResponseReturnValue:
    """Let a locked account try again."""
    staff = queries.person(handle)
    with transaction():
        sign_in.release(staff, by=signed_in())
    return _back(handle, _("The account is released."))


@bp.post("/staff/<handle>/factor-reset")
@requires(Permission.STAFF_MANAGE)
@fresh_factor
def ask_factor_reset(handle: str) -> ResponseReturnValue:
    """Ask for a new second factor, which another administrator confirms."""
    staff = queries.person(handle)
    with transaction():
        services.ask_factor_reset(staff, by=signed_in(), now=clock.now())
    return _back(handle, _("Another administrator has to confirm this."))


@bp.post("/staff/<handle>/factor-reset/confirm")
@requires(Permission.STAFF_MANAGE)
@fresh_factor
def confirm_factor_reset(handle: str) -> ResponseReturnValue:
    """Let the person set up a new second factor at the next sign-in."""
    staff = queries.person(handle)
    with transaction():
        services.confirm_factor_reset(staff, by=signed_in(), now=clock.now())
    return _back(handle, _("A new second step is set up at the next sign-in."))


@bp.post("/staff/<handle>/disable")
@requires(Permission.STAFF_MANAGE)
@fresh_factor
def disable(handle: str) -> ResponseReturnValue:
    """Close an account."""
    staff = queries.person(handle)
    with transaction():
        services.disable(staff, by=signed_in(), now=clock.now())
    return _back(handle, _("The account is closed, and the person is signed out."))


@bp.post("/staff/<handle>/sessions/<session>/end")
@requires(Permission.STAFF_MANAGE)
def end_session(handle: str, session: str) -> ResponseReturnValue:
    """End one session of a person."""
    staff = queries.person(handle)
    row = _session(staff, session)
    with transaction():
        services.end_session(row, staff, by=signed_in(), now=clock.now())
    return _back(handle, _("That session is ended."))


@bp.post("/staff/<handle>/sessions/<session>/forget")
@requires(Permission.STAFF_MANAGE)
def forget_device(handle: str, session: str) -> ResponseReturnValue:
    """Have the browser of a session forget the roll that it keeps."""
    staff = queries.person(handle)
    row = _session(staff, session)
    with transaction():
        services.forget_device(row, staff, by=signed_in(), now=clock.now())
    return _back(handle, _("That device forgets what it holds as soon as it has a connection."))


def _session(staff: Staff, handle: str) -> SignInSession:
    found = sessions.of_handle(handle)
    if found is None or found.staff_id != staff.id:
        raise NotYours
    return found


def _back(handle: str, sentence: Sentence) -> ResponseReturnValue:
    flash_done(sentence)
    return redirect(url_for("staff.people.show", handle=handle), 303)
