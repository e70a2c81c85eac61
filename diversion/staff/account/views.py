"""Show people their own account: sessions, password, second factor, shortcuts."""

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from diversion.core import clock
from diversion.core.database import transaction
from diversion.core.errors import Invalid, NotYours
from diversion.core.tracks import Track
from diversion.core.words import _
from diversion.staff import session_lists, sessions
from diversion.staff.access import fresh_factor, limits, sign_in_session, signed_in, signed_in_only
from diversion.staff.account import services
from diversion.staff.account.forms import SIDE_NAMES, ShortcutsForm, SideForm
from diversion.staff.people.services import end_session
from diversion.staff.people.words import ROLE_NAMES
from diversion.staff.sign_in import door, passwords
from diversion.staff.sign_in.forms import ChangeForm
from diversion.staff.sign_in.rules import safe_path
from diversion.staff.sign_in.services import set_password
from diversion.web.flash import flash_done
from diversion.web.forms import refused

bp = Blueprint("account", __name__)


class WrongPassword(Invalid):
    """Whoever changes a password knows the present one."""

    sentence = _("This is not your present password.")
    field = "present"


@bp.route("/account", methods=["GET", "POST"])
@signed_in_only
def show() -> ResponseReturnValue:
    """Show the account; the form on the page keeps how keys behave."""
    me, here = signed_in(), sign_in_session()
    form = ShortcutsForm(obj=me)
    if form.validate_on_submit():
        with transaction():
            services.set_shortcuts(me, form.shortcuts.data)
        flash_done(_("Saved."))
        return redirect(url_for(".show"), 303)
    rows = session_lists.of_staff(me.id, limits=limits(), now=clock.now())
    roles = [ROLE_NAMES[role] for role in sorted(me.roles)]
    side = SIDE_NAMES[here.active_track] if here.active_track else None
    return render_template(
        "staff/account/show.html", form=form, rows=rows, here=here, roles=roles, side=side,
        changes_side=len(me.sides()) > 1,
    )  # fmt: skip


@bp.route("/account/side", methods=["GET", "POST"])
@signed_in_only
def side() -> ResponseReturnValue:
    """Let a deputy choose the program to work on in this session."""
    row = sign_in_session()
    if len(row.staff.sides()) < 2:
        raise NotYours
    form = SideForm(side=row.active_track or Track.COMMUNITY_COURT)
    if form.validate_on_submit():
        with transaction():
            services.choose_side(row, Track(form.side.data))
        return redirect(safe_path(request.args.get("next")), 303)
    return render_template("staff/account/side.html", form=form), form.status


@bp.route("/account/password", methods=["GET", "POST"])
@signed_in_only
@fresh_factor
def password() -> ResponseReturnValue:
    """Change the password; other sessions end with the old one."""
    me, form = signed_in(), ChangeForm()
    if form.validate_on_submit():
        with refused(form):
            if not passwords.matches(me.password_hash, form.present.data, door.method()):
                raise WrongPassword
            context = (me.email, me.name, current_app.config["COUNTY"])
            passwords.check_new(form.password.data, context=context)
            new_hash = passwords.hashed(form.password.data, door.method())
            with transaction():
                set_password(me, new_hash, but=sign_in_session(), now=clock.now())
            flash_done(_("Your password is changed. You are signed out everywhere else."))
            return redirect(url_for(".show"), 303)
    return render_template("staff/account/password.html", form=form), form.status


@bp.post("/account/sessions/<handle>/end")
@signed_in_only
def end_own(handle: str) -> ResponseReturnValue:
    """End one of one's own sessions elsewhere."""
    me = signed_in()
    row = sessions.of_handle(handle)
    if row is None or row.staff_id != me.id:
        raise NotYours
    with transaction():
        end_session(row, me, by=me, now=clock.now())
    flash_done(_("That session is ended."))
    return redirect(url_for(".show"), 303)
