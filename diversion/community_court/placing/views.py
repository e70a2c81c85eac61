"""Put several people on a docket day at once."""

from datetime import time

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from diversion.community_court.appearances import places
from diversion.community_court.appearances.forms import PeopleForm
from diversion.community_court.appearances.services import put_on
from diversion.community_court.dockets import queries as dockets
from diversion.community_court.dockets.models import Docket
from diversion.community_court.placing.candidates import Candidate, candidates
from diversion.core import clock, once
from diversion.core.database import reading, transaction
from diversion.core.words import _
from diversion.staff.access import requires, signed_in
from diversion.staff.permissions import Permission
from diversion.web.calendar import court_today
from diversion.web.flash import flash_done
from diversion.web.forms import refused

bp = Blueprint("placing", __name__)


@bp.route("/dockets/<dated:docket>/people", methods=["GET", "POST"])
@requires(Permission.DOCKET_MANAGE)
def add(docket: str) -> ResponseReturnValue:
    """Offer everyone in the program who is not on this day yet."""
    found = dockets.docket(docket)
    with reading():
        offered = candidates(found.id, by=signed_in(), today=court_today())
    form = PeopleForm()
    form.offer_hours(found)
    if form.validate_on_submit():
        with refused(form), transaction():
            _put_on(found, form, offered)
            flash_done(_("They are on the docket."))
            return redirect(url_for("community_court.appearances.show", docket=docket), 303)
    left = found.capacity - len(places.on_docket(found.id))
    return render_template(
        "community_court/placing/add.html", form=form, docket=found, offered=offered, left=left,
        chosen=frozenset(form.people.data or ()),
    ), form.status  # fmt: skip


def _put_on(docket: Docket, form: PeopleForm, offered: list[Candidate]) -> None:
    """Put them on; the same form twice puts them on once."""
    asked = {"people": sorted(form.people.data), "starts": form.starts.data}
    if once.claim(form.key, once.request_hash(f"people {docket.handle}", asked)) is not None:
        return
    ids = {each.number: each.id for each in offered}
    people = [ids[number] for number in form.people.data if number in ids]
    starts = time.fromisoformat(form.starts.data)
    put_on(docket, people, kind=form.kind.data, starts=starts, by=signed_in(), now=clock.now())
    once.settle(form.key, docket.handle)
