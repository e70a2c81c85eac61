"""Show what was noted of the state's fee, note more of it, and take a mistake back."""

from typing import Any

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from diversion.audit.models import Act
from diversion.core import clock, once
from diversion.core.database import reading, transaction
from diversion.core.errors import NotYours
from diversion.core.tracks import Track
from diversion.core.words import _
from diversion.fees.state import queries, services, taken
from diversion.fees.state.forms import NoteForm
from diversion.fees.state.models import StateFeeNote
from diversion.participants import access
from diversion.staff.access import requires, signed_in
from diversion.staff.permissions import Permission
from diversion.web.calendar import court_today
from diversion.web.flash import flash_done
from diversion.web.forms import CreatingForm, refused

bp = Blueprint("state", __name__, url_prefix="/accounts/<number:number>/state-fee")
TRACK = Track.SBAD


@bp.route("", methods=["GET", "POST"])
@requires(Permission.FEE_CHANGE)
def show(number: str) -> ResponseReturnValue:
    """Show what was noted of the state's fee, and note more of it."""
    form = NoteForm()
    if form.validate_on_submit():
        with refused(form), transaction():
            person = access.find(number, TRACK, by=signed_in())
            services.note(
                person, form.fact, key=form.key, by=signed_in(), on=court_today(),
                now=clock.now(),
            )  # fmt: skip
            flash_done(_("Noted. No money is taken here."))
            return redirect(url_for("fees.state.show", number=number), 303)
    shown = _shown(number)
    form.meet(shown["fee"].open, shown["fee"].office)
    return render_template("fees/state/show.html", form=form, **shown), form.status


@bp.route("/<string:handle>/mistake", methods=["GET", "POST"])
@requires(Permission.FEE_CHANGE)
def take_back(number: str, handle: str) -> ResponseReturnValue:
    """Say that a note was a mistake."""
    form = CreatingForm()
    if form.validate_on_submit():
        with refused(form), transaction():
            person = access.find(number, TRACK, by=signed_in())
            once.only_once(form.key, "state_fee_mistake", handle, lambda: services.take_back(
                _of(handle, person.id), by=signed_in(), on=court_today(), now=clock.now()
            ))  # fmt: skip
            flash_done(_("Taken back. The note stays in the list."))
            return redirect(url_for("fees.state.show", number=number), 303)
    shown = _shown(number)
    found = _of(handle, shown["opened"].participant.id)
    return render_template("fees/state/mistake.html", form=form, kept=found, **shown), form.status


def _of(handle: str, participant_id: int) -> StateFeeNote:
    found = queries.note(handle)
    if found.participant_id != participant_id:
        raise NotYours
    return found


def _shown(number: str) -> dict[str, Any]:
    with reading():
        opened = access.open_file(number, TRACK, by=signed_in(), why=Act.ACCOUNT_OPENED)
    who = opened.participant.id
    fee, notes = queries.of_participant(who), queries.notes_of(who)
    if fee is None:
        raise NotYours
    return {
        "opened": opened, "fee": fee, "notes": notes[::-1],
        "receipts": taken.of_participant(who),
        "stands": {each.id for each in queries.standing(notes)},
    }  # fmt: skip
