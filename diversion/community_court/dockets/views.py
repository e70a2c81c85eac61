"""Make docket days, and rooms for them."""

from datetime import time

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from diversion.community_court.dockets import queries, services
from diversion.community_court.dockets.forms import DocketForm, RoomForm
from diversion.core import once
from diversion.core.database import transaction
from diversion.core.words import _
from diversion.partners.venues import queries as venues
from diversion.partners.venues.services import add_place
from diversion.staff.access import requires, signed_in
from diversion.staff.permissions import Permission
from diversion.web.calendar import court_today, court_zone
from diversion.web.flash import flash_done
from diversion.web.forms import choices, refused

bp = Blueprint("dockets", __name__)


@bp.route("/dockets/new", methods=["GET", "POST"])
@requires(Permission.DOCKET_MANAGE)
def make() -> ResponseReturnValue:
    """Make a docket day; twice the same form is one day."""
    form = _form()
    if form.validate_on_submit():
        with refused(form), transaction():
            month = _made(form)
            flash_done(_("The docket day is made."))
            return redirect(url_for("community_court.calendar.show", month=month), 303)
    status = form.status
    return render_template("community_court/dockets/make.html", form=form), status


@bp.route("/rooms/new", methods=["GET", "POST"])
@requires(Permission.DOCKET_MANAGE)
def add_room() -> ResponseReturnValue:
    """Add a room."""
    form = RoomForm()
    if form.validate_on_submit():
        with refused(form), transaction():
            if once.claim(form.key, once.request_hash("room", {"name": form.name.data})) is None:
                add_place(form.name.data, form.building.data, by=signed_in())
            flash_done(_("The room is added."))
            return redirect(url_for("community_court.dockets.make"), 303)
    return render_template("community_court/dockets/add_room.html", form=form), form.status


def _form() -> DocketForm:
    usual = queries.latest()
    form = DocketForm(
        starts=f"{usual.starts:%H:%M}" if usual else "09:00",
        ends=f"{usual.ends:%H:%M}" if usual else "12:00",
        place=usual.place.handle if usual else None,
        judge=usual.judge if usual else "",
        capacity=usual.capacity if usual else 20,
    )
    rooms = {each.handle: f"{each.name}, {each.building}" for each in venues.places()}
    form.place.choices = choices(rooms)
    return form


def _made(form: DocketForm) -> str:
    asked = {name: form[name].data for name in ("held_on", "starts", "ends", "place")}
    earlier = once.claim(form.key, once.request_hash("docket", asked))
    if earlier is not None:
        return earlier
    docket = services.make(
        form.held_on.data, time.fromisoformat(form.starts.data),
        time.fromisoformat(form.ends.data), place=venues.place(form.place.data),
        zone=court_zone(), judge=form.judge.data, capacity=form.capacity.data, by=signed_in(),
        on=court_today(),
    )  # fmt: skip
    month = f"{docket.held_on:%Y-%m}"
    once.settle(form.key, month)
    return month
