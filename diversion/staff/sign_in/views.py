"""Take people in, step by step, and let them out."""

from flask import (
    Blueprint,
    Response,
    current_app,
    redirect,
    render_template,
    url_for,
)
from flask.typing import ResponseReturnValue

from diversion.core import clock
from diversion.core.database import transaction
from diversion.core.errors import Invalid, NotYours, Refused
from diversion.core.words import _
from diversion.staff import sessions
from diversion.staff.access import (
    current_row,
    enter,
    half_way,
    public,
    sign_in_session,
)
from diversion.staff.sessions import Stage
from diversion.staff.sign_in import door, passwords, practice, services, totp
from diversion.staff.sign_in.forms import CodeForm, StartForm, WelcomeForm
from diversion.web.forms import refused

bp = Blueprint("sign_in", __name__)


class NoMatch(Invalid):
    """The answer is the same for an unknown, a locked and a disabled account."""

    sentence = _("That email and password do not match.")


class NoCode(Invalid):
    """A code is right for a minute and a half, once."""

    sentence = _("That code is not right, or it was used already. Wait for the next one.")
    field = "code"


class TooMany(Refused):
    """Whoever tries many accounts from one place waits."""

    status = 429
    sentence = _("Too many tries from this place. Wait 15 minutes, or call the help desk.")


@bp.route("/sign-in", methods=["GET", "POST"])
@public
def start() -> ResponseReturnValue:
    """Ask for email, password and the use notice."""
    if (row := current_row()) is not None:
        return door.onward(row)
    form = StartForm()
    if form.is_submitted() and services.too_many_from(door.place().address, now=clock.now()):
        form.refuse(TooMany())
    elif form.validate_on_submit():
        token = door.prove_password(form.email.data, form.password.data)
        if token:
            return door.onward(enter(token))
        form.refuse(NoMatch())
    cards = practice.cards(now=clock.now())
    return render_template("staff/sign_in/start.html", form=form, cards=cards), form.status


@bp.route("/sign-in/code", methods=["GET", "POST"])
@half_way
def code() -> ResponseReturnValue:
    """Ask for the second factor."""
    row = sign_in_session()
    if row.stage is Stage.FULL or row.staff.totp_seed is None:
        return door.onward(row)
    return _ask_code("staff/sign_in/code.html")


@bp.route("/sign-in/again", methods=["GET", "POST"])
@half_way
def again() -> ResponseReturnValue:
    """Ask for the second factor once more, before something that weighs much."""
    if sign_in_session().stage is not Stage.FULL:
        return door.onward(sign_in_session())
    return _ask_code("staff/sign_in/again.html")


def _ask_code(template: str) -> ResponseReturnValue:
    form = CodeForm()
    if form.validate_on_submit():
        if door.prove_code(form.code.data):
            return door.onward(sign_in_session())
        form.refuse(NoCode())
    shown = practice.code_of(sign_in_session().staff, now=clock.now())
    return render_template(template, form=form, shown=shown), form.status


@bp.route("/sign-in/factor", methods=["GET", "POST"])
@half_way
def factor() -> ResponseReturnValue:
    """Set up an authenticator app: show its seed and ask for the first code."""
    row = sign_in_session()
    if not _may_set_factor():
        return redirect(url_for("staff.sign_in.again", next=url_for(".factor")), 303)
    form = CodeForm()
    if form.validate_on_submit() and row.totp_seed is not None:
        seed = totp.opened(row.totp_seed, table="sign_in_session", row=row.handle)
        with transaction():
            token = services.set_factor(row, seed, form.code.data, now=clock.now())
        if token:
            return door.onward(enter(token))
        form.refuse(NoCode())
    page = render_template("staff/sign_in/factor.html", form=form, seed=_shown_seed())
    return page, form.status


def _may_set_factor() -> bool:
    """Nobody who proved only a password replaces a second factor that is there."""
    row = sign_in_session()
    if row.stage is Stage.PASSWORD:
        return row.staff.totp_seed is None
    return row.has_fresh_factor(clock.now())


def _shown_seed() -> str:
    row = sign_in_session()
    if row.totp_seed is None:
        kept = totp.sealed(totp.new_seed(), table="sign_in_session", row=row.handle)
        with transaction():
            sessions.hold_seed(row, kept)
    if row.totp_seed is None:
        raise NotYours
    return totp.opened(row.totp_seed, table="sign_in_session", row=row.handle)


@bp.get("/sign-in/factor.png")
@half_way
def factor_picture() -> ResponseReturnValue:
    """Show the seed as a picture that the app reads."""
    row = sign_in_session()
    if row.totp_seed is None or not _may_set_factor():
        raise NotYours
    seed = totp.opened(row.totp_seed, table="sign_in_session", row=row.handle)
    picture = totp.picture(seed, email=row.staff.email, county=current_app.config["COUNTY"])
    return Response(picture, mimetype="image/png", headers={"Cache-Control": "no-store"})


@bp.route("/sign-in/welcome/<string(length=43):token>", methods=["GET", "POST"])
@public
def welcome(token: str) -> ResponseReturnValue:
    """Let a person with a one-time link choose a password."""
    link = services.link_of(token, now=clock.now())
    form = WelcomeForm()
    if form.validate_on_submit():
        with refused(form):
            context = (link.staff.email, link.staff.name, current_app.config["COUNTY"])
            passwords.check_new(form.password.data, context=context)
            password_hash = passwords.hashed(form.password.data, door.method())
            with transaction():
                half = services.use_link(token, password_hash, place=door.place(), now=clock.now())
            return door.onward(enter(half))
    page = render_template("staff/sign_in/welcome.html", form=form, email=link.staff.email)
    return page, form.status
