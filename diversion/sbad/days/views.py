"""Show the list of class days, and each with its people, their marks and what counts."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from diversion.audit.models import Act
from diversion.core import clock
from diversion.core.database import reading, transaction
from diversion.core.errors import DomainError, NotYours
from diversion.core.tracks import Track
from diversion.core.words import Sentence, _
from diversion.participants.access import visible_to
from diversion.sbad.attendance import queries as marks
from diversion.sbad.attendance import roll
from diversion.sbad.attendance import services as attendance
from diversion.sbad.classes import queries as classes
from diversion.sbad.classes import rules
from diversion.sbad.classes.models import ClassSession, ClassState
from diversion.sbad.courses.services import presenters
from diversion.sbad.days import unfinished
from diversion.sbad.days.listing import days
from diversion.sbad.rosters import (
    held,
    lines,
    needs,
    queries,
    services,
    walk_in_queries,
    walk_ins,
)
from diversion.sbad.rosters import waiting as waiting_list
from diversion.sbad.rosters.days import to_finish as days_to_finish
from diversion.sbad.rosters.models import Accommodation, RegistrationState
from diversion.sbad.rosters.words import freed
from diversion.staff.access import requires, signed_in, under_lock
from diversion.staff.permissions import Permission
from diversion.web.calendar import court_today
from diversion.web.flash import flash_done, flash_note
from diversion.web.paging import asked, page_of

bp = Blueprint("days", __name__)
FIRST_YEAR, LAST_YEAR = 2000, 2100
ENDED = {"finished": ClassState.CERTIFIED, "called-off": ClassState.CANCELLED}


@bp.get("")
@requires(Permission.CLASS_READ)
def listing() -> ResponseReturnValue:
    today, by = court_today(), signed_in()
    year = asked("year", today.year, LAST_YEAR)
    left = unfinished.to_finish(by)
    show = request.args.get("show", "")
    is_narrowed = show == unfinished.SHOW and bool(left)
    if is_narrowed:
        wanted = days_to_finish(by, today)
    elif show in ENDED:
        wanted = classes.ended(by, ENDED[show])
    else:
        wanted = classes.listed(by, today=today, year=max(year, FIRST_YEAR))
    page = page_of(wanted)
    ids = [row.id for row in page.rows]
    found = days(ids, queries.seats(ids), marks.marked(ids), today)
    years = classes.years(by)
    return render_template(
        "sbad/days/listing.html", page=page, days=found, year=year,
        years=sorted({today.year, *years}, reverse=True), unplaced=_unplaced(),
        unfinished=len(left), is_narrowed=is_narrowed, ended=show if show in ENDED else "",
    )  # fmt: skip


@bp.get("/<dated:handle>")
@requires(Permission.CLASS_READ)
@under_lock
def show(handle: str) -> ResponseReturnValue:
    by = signed_in()
    with reading():
        session = classes.class_for(handle, by=by)
        found = roll.of_class(session, by=by)
        waiting = lines.of_class(
            session,
            by=by,
            why=Act.ROSTER_SHOWN,
            states=[RegistrationState.WAITLISTED],
            in_line=True,
        )
    return render_template(
        "sbad/days/show.html", session=session, roll=found, waiting=waiting,
        finish=marks.finish_of(session.id), walk_ins=walk_in_queries.open_walk_ins(session.id),
        is_to_come=session.held_on > court_today(), today=court_today(),
        state=rules.shown(session.state, len(found.lines), session.capacity),
        takes_people=session.takes_people, ready=_ready(session, found),
        presenters=presenters(session.id),
        names={each.place: each.name for each in session.course.modules},
        can_move=session.state in rules.BEFORE_THE_DAY,
    )  # fmt: skip


@bp.route("/<dated:handle>/people/<handle:registration>", methods=["GET", "POST"])
@requires(Permission.REGISTRATION_MANAGE)
def seat(handle: str, registration: str) -> ResponseReturnValue:
    """Confirm, excuse ahead, say what is needed, or give a seat back."""
    if request.method == "POST":
        try:
            with transaction():
                flash_done(_change(handle, registration, request.form.get("act", "")))
        except NotYours:
            raise
        except DomainError as no:
            flash_note(no.sentence)
        return redirect(url_for(".show", handle=handle), 303)
    with reading():
        session = classes.class_for(handle, by=signed_in())
        row = queries.registration_for(registration, session.id)
        who = lines.one(session, row, by=signed_in(), why=Act.ROSTER_SHOWN)
    return render_template(
        "sbad/days/seat.html", session=session, row=row, who=who,
        history=marks.history(row.id), current=marks.current_one(row.id), needs=Accommodation,
    )  # fmt: skip


@bp.post("/<dated:handle>/walk-ins/<handle:walk_in>")
@requires(Permission.REGISTRATION_MANAGE)
def settle(handle: str, walk_in: str) -> ResponseReturnValue:
    """Say which registered person a walk-in was, or that the person was sent away."""
    chosen = request.form.get("registration", "")
    with transaction():
        session = classes.class_for(handle, by=signed_in())
        row = queries.registration_for(chosen, session.id) if chosen else None
        found = walk_in_queries.walk_in_for(walk_in, session.id)
        walk_ins.settle(found, row, by=signed_in(), now=clock.now())
    flash_done(_("The walk-in is settled."))
    return redirect(url_for(".show", handle=handle), 303)


def _ready(session: ClassSession, found: roll.Roll) -> int:
    """Return how many held seats can be confirmed; only who may do it is told."""
    if session.is_over or not signed_in().may(Permission.REGISTRATION_MANAGE):
        return 0
    lines = (each.line for each in found.lines if each.line.is_cleared)
    is_any = any(each.seat.state is RegistrationState.HELD for each in lines)
    return len(held.ready(session)) if is_any else 0


def _change(handle: str, registration: str, act: str) -> Sentence:
    session = classes.class_for(handle, by=signed_in())
    row = queries.registration_for(registration, session.id)
    if act == "confirm":
        services.confirm(row, by=signed_in())
        return _("The seat is confirmed.")
    if act == "cancel":
        was_seated, by = row.is_seated, signed_in()
        got_one = waiting_list.give_back(row, by=by, on=court_today(), now=clock.now())
        return freed(len(got_one)) if was_seated else _("Taken off the waiting list.")
    if act == "excuse":
        op = f"excuse-{row.handle}-{marks.versions(row.id)}"
        attendance.excuse_ahead(row, op, by=signed_in(), now=clock.now())
        return _("Excused ahead. Nobody marks this person by mistake.")
    if act == "need":
        needs.say(row, _need(request.form.get("need", "")), by=signed_in())
        return _("Written down. It stands on the roster.")
    raise NotYours


def _need(text: str) -> Accommodation:
    if text not in set(Accommodation):
        raise NotYours
    return Accommodation(text)


def _unplaced() -> int:
    """Return how many people still need a class; only who may register them is told."""
    by = signed_in()
    if not by.may(Permission.REGISTRATION_MANAGE):
        return 0
    return queries.count_without_class(visible_to(by, Track.SBAD))
