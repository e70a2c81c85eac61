"""Open and close registration, move a class day, and make more days like one."""

from dataclasses import replace

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from diversion.core import clock, once
from diversion.core.database import transaction
from diversion.core.errors import DomainError, NotYours
from diversion.core.words import Sentence, _
from diversion.sbad.calendar import services
from diversion.sbad.calendar.forms import CopiesForm, MoveForm
from diversion.sbad.calendar.rules import repeated
from diversion.sbad.classes import queries
from diversion.sbad.classes import services as classes
from diversion.sbad.classes.forms import AmendForm
from diversion.sbad.rosters import queries as rosters
from diversion.sbad.rosters.waiting import fill
from diversion.sbad.rosters.words import freed
from diversion.staff.access import requires, signed_in
from diversion.staff.permissions import Permission
from diversion.web.calendar import court_today, court_zone
from diversion.web.flash import flash_done, flash_note
from diversion.web.forms import refused

bp = Blueprint("calendar", __name__)


@bp.post("/<dated:handle>/registration")
@requires(Permission.CLASS_MANAGE)
def registration(handle: str) -> ResponseReturnValue:
    """Open a class day for registration, or close it."""
    try:
        with transaction():
            flash_done(_change(handle, request.form.get("act", "")))
    except NotYours:
        raise
    except DomainError as no:
        flash_note(no.sentence)
    return redirect(url_for("sbad.days.show", handle=handle), 303)


@bp.route("/<dated:handle>/plan", methods=["GET", "POST"])
@requires(Permission.CLASS_MANAGE)
def amend(handle: str) -> ResponseReturnValue:
    """Change room, hours, seats or instructor of a class day; its day stays."""
    form = AmendForm()
    form.offer(court_today())
    session = queries.class_for(handle, by=signed_in())
    if request.method == "GET":
        form.show(session)
    if form.validate_on_submit():
        with refused(form), transaction():
            got_one = _amend(handle, form)
            flash_done(freed(got_one) if got_one else _("The class is changed."))
            return redirect(url_for("sbad.days.show", handle=handle), 303)
    return render_template("sbad/calendar/amend.html", form=form, session=session), form.status


@bp.route("/<dated:handle>/day", methods=["GET", "POST"])
@requires(Permission.CLASS_MANAGE)
def move(handle: str) -> ResponseReturnValue:
    form = MoveForm()
    if form.validate_on_submit():
        with refused(form), transaction():
            moved = _move(handle, form)
            flash_done(_("The class has a new day. Everyone kept the seat."))
            return redirect(url_for("sbad.days.show", handle=moved), 303)
    session = queries.class_for(handle, by=signed_in())
    taken = rosters.seats_taken(session.id)
    page = render_template("sbad/calendar/move.html", form=form, session=session, taken=taken)
    return page, form.status


@bp.route("/<dated:handle>/copies", methods=["GET", "POST"])
@requires(Permission.CLASS_MANAGE)
def copies(handle: str) -> ResponseReturnValue:
    form = CopiesForm()
    if form.validate_on_submit():
        with refused(form), transaction():
            _copy(handle, form)
            flash_done(_("Made as drafts: {count}.", count=form.count.data))
            return redirect(url_for("sbad.days.listing"), 303)
    session = queries.class_for(handle, by=signed_in())
    return render_template("sbad/calendar/copies.html", form=form, session=session), form.status


def _change(handle: str, act: str) -> Sentence:
    session = queries.class_for(handle, by=signed_in(), lock=True)
    if act == "open":
        services.open_registration(session, by=signed_in(), on=court_today())
        return _("Open: people can be registered.")
    if act == "close":
        services.close_registration(session, by=signed_in())
        return _("Registration is closed. Freed seats still go to the waiting list.")
    raise NotYours


def _move(handle: str, form: MoveForm) -> str:
    """Move the class once, however often the form arrives, and return its new handle."""
    to = form.held_on.data
    asked = once.request_hash("class day", {"class": handle, "to": to.isoformat()})
    if earlier := once.claim(form.key, asked):
        return earlier
    session, now = queries.class_for(handle, by=signed_in(), lock=True), clock.now()
    services.move_day(session, to, zone=court_zone(), by=signed_in(), on=court_today(), now=now)
    once.settle(form.key, session.handle)
    return session.handle


def _copy(handle: str, form: CopiesForm) -> None:
    every, count = form.every.data, form.count.data
    asked = once.request_hash("copies", {"class": handle, "every": every, "count": count})
    if once.claim(form.key, asked) is not None:
        return
    session = queries.class_for(handle, by=signed_in(), lock=True)
    days = repeated(session.held_on, every, count)
    services.make_copies(session, days, zone=court_zone(), by=signed_in(), on=court_today())
    once.settle(form.key, handle)


def _amend(handle: str, form: AmendForm) -> int:
    """Change the class and return how many of its waiting list got a seat by it."""
    session, now = queries.class_for(handle, by=signed_in(), lock=True), clock.now()
    wanted, by, on = replace(form.plan(), held_on=session.held_on), signed_in(), court_today()
    classes.amend(session, wanted, zone=court_zone(), by=by, on=on, now=now)
    return len(fill(session, by=by, on=on, now=now))
