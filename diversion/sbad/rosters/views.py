"""Register people for a class day, and print the sheet that they sign."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from diversion.audit.models import Act
from diversion.core import clock, once
from diversion.core.database import reading, transaction
from diversion.core.errors import NotYours
from diversion.core.words import _
from diversion.fees.clearance import cleared
from diversion.sbad.classes import queries as classes
from diversion.sbad.rosters import candidates, held, lines, queries, services, waiting
from diversion.sbad.rosters.forms import PeopleForm
from diversion.sbad.rosters.words import freed, registered
from diversion.staff.access import requires, signed_in
from diversion.staff.permissions import Permission
from diversion.web.calendar import court_today
from diversion.web.flash import flash_done
from diversion.web.forms import refused

bp = Blueprint("rosters", __name__)


@bp.route("/<dated:handle>/people", methods=["GET", "POST"])
@requires(Permission.REGISTRATION_MANAGE)
def add(handle: str) -> ResponseReturnValue:
    """Choose several people at once; a full class offers its waiting list."""
    form = PeopleForm()
    if form.validate_on_submit():
        with refused(form), transaction():
            register(handle, form)
            return redirect(url_for("sbad.days.show", handle=handle), 303)
    with reading():
        session = classes.class_for(handle, by=signed_in())
        people = candidates.of_class(session, by=signed_in())
    return render_template(
        "sbad/rosters/add.html", form=form, session=session, people=people,
        left=max(session.capacity - queries.seats_taken(session.id), 0),
        chosen=set(form.people.data or ()), takes_people=session.takes_people,
    ), form.status  # fmt: skip


@bp.post("/<dated:handle>/people/confirmation")
@requires(Permission.REGISTRATION_MANAGE)
def confirm_ready(handle: str) -> ResponseReturnValue:
    """Confirm every held seat whose fee is settled."""
    with transaction():
        session = classes.class_for(handle, by=signed_in())
        count = held.confirm_ready(session, by=signed_in())
    flash_done(_("Seats confirmed: {count}.", count=count))
    return redirect(url_for("sbad.days.show", handle=handle), 303)


@bp.get("/<dated:handle>/sign-in-sheet")
@requires(Permission.CLASS_READ)
def sheet(handle: str) -> ResponseReturnValue:
    """Print row numbers and short names; the paper names no program."""
    with reading():
        session = classes.class_for(handle, by=signed_in())
        people = lines.of_class(session, by=signed_in(), why=Act.ROSTER_SHOWN)
    return render_template("sbad/rosters/sheet.html", session=session, people=people)


def register(handle: str, form: PeopleForm) -> None:
    """Register whom the form names, once however often it arrives."""
    by, chosen = signed_in(), sorted(form.people.data)
    session = classes.class_for(handle, by=by)
    is_waiting = request.form.get("act") == "wait"
    asked = once.request_hash("seats", {"class": handle, "people": chosen, "wait": is_waiting})
    if once.claim(form.key, asked) is not None:
        return
    people = candidates.enrollments(chosen, by=by)
    if len(people) != len(set(chosen)):
        raise NotYours
    ready, now = cleared([each.participant_id for each in people]), clock.now()
    made = services.register(session, people, cleared=ready, waiting=is_waiting, by=by, now=now)
    if not is_waiting:
        flash_done(registered(len(made), passed=len(queries.waiting(session.id))))
    elif got_one := waiting.fill(session, by=by, on=court_today(), now=now):
        flash_done(freed(len(got_one)))
    else:
        flash_done(_("On the waiting list: {count}.", count=len(made)))
