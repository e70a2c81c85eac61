"""Take the roll on a phone; what its script sends mark by mark arrives in `device`."""

import secrets
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from diversion.audit.models import Act
from diversion.core import clock
from diversion.core.database import reading, transaction
from diversion.core.words import _
from diversion.sbad.attendance import answers, certifying, forms, queries, roll, services
from diversion.sbad.attendance.passes import Pass
from diversion.sbad.attendance.reasons import Correction, Removal
from diversion.sbad.attendance.rules import Mark, Presence
from diversion.sbad.classes import queries as classes
from diversion.sbad.classes.models import ClassSession
from diversion.sbad.rosters import lines
from diversion.sbad.rosters import queries as rosters
from diversion.sbad.rosters import services as seats
from diversion.staff.access import requires, sign_in_session, signed_in
from diversion.staff.permissions import Permission
from diversion.web.calendar import court_today
from diversion.web.flash import flash_done, flash_note
from diversion.web.forms import refused
from diversion.web.languages import said

bp = Blueprint("attendance", __name__)
REASONS = {each.value: each.words for each in (*Removal, *Correction)}


@bp.get("/<dated:handle>")
@requires(Permission.ATTENDANCE_MARK)
def show(handle: str) -> ResponseReturnValue:
    return _page(handle)


@bp.post("/<dated:handle>")
@requires(Permission.ATTENDANCE_MARK)
def save(handle: str) -> ResponseReturnValue:
    """Save the whole page, then do what its button says."""
    now, act = clock.now(), request.form.get("act", "save")
    with transaction():
        session = classes.class_for(handle, by=signed_in())
        sent = forms.from_page(request.form, now)
        _do(session, act, sent, request.form.get("op", ""))
    if act == "save":
        flash_done(_("Saved."))
    return redirect(url_for(".show", handle=handle), 303)


@bp.post("/<dated:handle>/finish")
@requires(Permission.ROLL_FINISH)
def finish(handle: str) -> ResponseReturnValue:
    """Save the whole page, then finish the class, unless marks are missing or differ."""
    now = clock.now()
    with transaction():
        session = classes.class_for(handle, by=signed_in())
        sent = forms.from_page(request.form, now)
        _do(session, "save", sent, "")
        is_hindered = certifying.hindrance(session)
        if not is_hindered:
            certifying.finish(session, by=signed_in(), on=court_today(), now=now)
    if is_hindered:
        return redirect(url_for(".show", handle=handle, hindered=1), 303)
    flash_done(_("The class is finished. What counts is written down."))
    return redirect(url_for("sbad.days.show", handle=handle), 303)


@bp.get("/<dated:handle>/people/<handle:registration>")
@requires(Permission.ATTENDANCE_MARK)
def person(handle: str, registration: str) -> ResponseReturnValue:
    """Show one person's marks, all that were made, and the marks that a row has no room for."""
    return _person(handle, registration, forms.MarkForm())


@bp.post("/<dated:handle>/people/<handle:registration>")
@requires(Permission.ATTENDANCE_MARK)
def mark(handle: str, registration: str) -> ResponseReturnValue:
    form = forms.MarkForm()
    form.offer(classes.class_for(handle, by=signed_in()).course.modules)
    if form.validate_on_submit():
        with refused(form), transaction():
            _mark_one(handle, registration, form)
            row = f"row-{registration}"
            return redirect(url_for(".show", handle=handle, _anchor=row), 303)
    return _person(handle, registration, form)


@bp.post("/<dated:handle>/walk-ins")
@requires(Permission.ATTENDANCE_MARK)
def walk_in(handle: str) -> ResponseReturnValue:
    """Note someone who came without a registration, by the line of the paper sheet."""
    form = forms.WalkInForm()
    is_right = form.validate_on_submit()
    with transaction():
        session = classes.class_for(handle, by=signed_in())
        if is_right:
            seats.note_walk_in(session, form.number, by=signed_in(), now=clock.now())
    if is_right:
        flash_done(_("Noted. The office has to clear this person first."))
    else:
        flash_note(_("Write the number of the line, such as 31."))
    return redirect(url_for(".show", handle=handle), 303)


def _do(session: ClassSession, act: str, sent: list[Mark], key: str) -> None:
    who: dict[str, Any] = {"by": signed_in(), "on": court_today(), "now": clock.now()}
    if sent:
        services.record(session, sent, **who)
    if act == "rest":
        services.mark_rest(session, key, **who)
    elif act == "undo":
        services.undo_batch(session, request.form.get("batch", "")[:64], **who)


def _mark_one(handle: str, registration: str, form: forms.MarkForm) -> None:
    session = classes.class_for(handle, by=signed_in())
    row = rosters.registration_for(registration, session.id)
    made = form.mark(row.handle, queries.current_one(row.id), clock.now())
    services.record(session, [made], by=signed_in(), on=court_today(), now=clock.now())


def _page(handle: str) -> ResponseReturnValue:
    by, now = signed_in(), clock.now()
    with reading():
        session = classes.class_for(handle, by=by)
        found = roll.of_class(session, by=by)
        walk_ins = rosters.open_walk_ins(session.id)
    return render_template(
        "sbad/attendance/show.html",
        session=session,
        roll=found,
        differs=answers.apart(found, by),
        carried=Pass(handle, by.handle, sign_in_session().handle, int(now.timestamp())).sealed(),
        op=secrets.token_urlsafe(18),
        presences=Presence,
        removals=Removal,
        segments=[(each.value, said(each.words), each.value) for each in roll.SEGMENTS],
        walk_ins=walk_ins,
        is_to_come=session.held_on > court_today(),
        is_hindered="hindered" in request.args,
    )


def _person(handle: str, registration: str, form: forms.MarkForm) -> ResponseReturnValue:
    with reading():
        session = classes.class_for(handle, by=signed_in())
        row = rosters.registration_for(registration, session.id)
        who = lines.one(session, row, by=signed_in(), why=Act.ROLL_SHOWN)
    current = queries.current_one(row.id)
    form.offer(session.course.modules)
    form.show_current(current)
    return render_template(
        "sbad/attendance/person.html", session=session, form=form, who=who,
        current=current, history=queries.history(row.id), reasons=REASONS,
    ), form.status  # fmt: skip
