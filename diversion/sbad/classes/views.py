"""List class days, plan one, call one off."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from diversion.core import clock, once
from diversion.core.database import transaction
from diversion.core.words import _
from diversion.sbad.classes import queries, services
from diversion.sbad.classes.forms import ClassForm
from diversion.staff.access import requires, signed_in
from diversion.staff.permissions import Permission
from diversion.web.calendar import court_today, court_zone
from diversion.web.flash import flash_done
from diversion.web.forms import Form, refused

bp = Blueprint("classes", __name__)


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.CLASS_MANAGE)
def new() -> ResponseReturnValue:
    form = ClassForm()
    form.offer(court_today())
    if request.method == "GET":
        form.fill_in()
    if form.validate_on_submit():
        with refused(form), transaction():
            handle = _plan(form)
            flash_done(
                _("It is planned. Open it once people may be registered.")
                if _is_draft(form)
                else _("The class is planned.")
            )
            return redirect(url_for("sbad.days.show", handle=handle), 303)
    return render_template("sbad/classes/new.html", form=form), form.status


@bp.route("/<dated:handle>/cancellation", methods=["GET", "POST"])
@requires(Permission.CLASS_MANAGE)
def call_off(handle: str) -> ResponseReturnValue:
    """Ask once more before a class day is called off."""
    form, session = Form(), queries.class_for(handle, by=signed_in())
    if form.validate_on_submit():
        with refused(form), transaction():
            session = queries.class_for(handle, by=signed_in(), lock=True)
            services.call_off(session, by=signed_in(), now=clock.now())
            flash_done(_("The class is called off. Nobody was marked absent."))
            return redirect(url_for("sbad.days.listing"), 303)
    return render_template("sbad/classes/call_off.html", form=form, session=session), form.status


def _plan(form: ClassForm) -> str:
    """Plan the class once, however often its form arrives, and return its handle."""
    fields = set(form.data) - {"op", "csrf_token"}
    wanted = {name: form[name].data for name in fields} | {"draft": _is_draft(form)}
    asked = once.request_hash("class", wanted)
    earlier = once.claim(form.key, asked)
    if earlier:
        return earlier
    made = services.plan(
        form.plan(), draft=_is_draft(form), zone=court_zone(), by=signed_in(), on=court_today()
    )
    once.settle(form.key, made.handle)
    return made.handle


def _is_draft(form: ClassForm) -> bool:
    """Say whether a class stays a draft: because it was asked, or has no room or nobody teaches."""
    is_whole = form.place.data and form.instructors.data
    return request.form.get("act") == "draft" or not is_whole
