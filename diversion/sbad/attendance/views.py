"""Take the roll on a phone; what its script sends mark by mark arrives in `device`."""

import secrets
from collections.abc import Sequence
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from diversion.audit.models import Act
from diversion.core import clock
from diversion.core.database import reading, transaction
from diversion.core.errors import NotYours
from diversion.core.words import _
from diversion.sbad.attendance import answers, certifying, forms, latest, queries, roll, services
from diversion.sbad.attendance.passes import Pass
from diversion.sbad.attendance.reasons import Correction, Removal
from diversion.sbad.attendance.rules import BLANK, WHOLE_DAY, Current, Mark, Presence, key_of
from diversion.sbad.classes import queries as classes
from diversion.sbad.classes.models import ClassSession
from diversion.sbad.classes.queries import Module
from diversion.sbad.rosters import lines, walk_in_queries, walk_ins
from diversion.sbad.rosters import queries as rosters
from diversion.sbad.rosters.models import Registration
from diversion.staff.access import requires, sign_in_session, signed_in, under_lock
from diversion.staff.permissions import Permission
from diversion.web.calendar import court_today
from diversion.web.flash import flash_done, flash_note
from diversion.web.forms import refused
from diversion.web.languages import said

bp = Blueprint("attendance", __name__)
REASONS = {each.value: each.words for each in (*Removal, *Correction)}


@bp.get("/<dated:handle>")
@bp.get("/<dated:handle>/modules/<int:module>")
@requires(Permission.ATTENDANCE_MARK)
@under_lock
def show(handle: str, module: int = WHOLE_DAY) -> ResponseReturnValue:
    """Show the roll of a class day, or of one of its modules."""
    return _page(handle, module)


@bp.post("/<dated:handle>")
@bp.post("/<dated:handle>/modules/<int:module>")
@requires(Permission.ATTENDANCE_MARK)
def save(handle: str, module: int = WHOLE_DAY) -> ResponseReturnValue:
    """Save the whole page, then do what its button says."""
    now, act = clock.now(), request.form.get("act", "save")
    with transaction():
        session = _class(handle, module)
        sent = forms.from_page(request.form, now)
        _do(session, act, sent, request.form.get("op", ""), module)
    if act == "save":
        flash_done(_("Saved."))
    return redirect(url_for(".show", handle=handle, module=module or None), 303)


@bp.post("/<dated:handle>/finish")
@requires(Permission.ROLL_FINISH)
def finish(handle: str) -> ResponseReturnValue:
    """Save the whole page, then finish the class, unless marks are missing or differ."""
    now = clock.now()
    with transaction():
        session = classes.class_for(handle, by=signed_in())
        sent = forms.from_page(request.form, now)
        _do(session, "save", sent, "")
        hindered = certifying.hindrance(session)
        if not hindered:
            certifying.finish(session, by=signed_in(), on=court_today(), now=now)
    if hindered:
        there = url_for(".show", handle=handle, module=hindered.module or None, hindered=1)
        return redirect(there, 303)
    flash_done(_("The class is finished. What counts is written down."))
    return redirect(url_for("sbad.days.show", handle=handle), 303)


@bp.get("/<dated:handle>/people/<handle:registration>")
@bp.get("/<dated:handle>/modules/<int:module>/people/<handle:registration>")
@requires(Permission.ATTENDANCE_MARK)
def person(handle: str, registration: str, module: int = WHOLE_DAY) -> ResponseReturnValue:
    """Show one person's marks, all that were made, and the marks that a row has no room for."""
    return _person(handle, registration, module, forms.MarkForm())


@bp.post("/<dated:handle>/people/<handle:registration>")
@bp.post("/<dated:handle>/modules/<int:module>/people/<handle:registration>")
@requires(Permission.ATTENDANCE_MARK)
def mark(handle: str, registration: str, module: int = WHOLE_DAY) -> ResponseReturnValue:
    form = forms.MarkForm()
    form.offer(_class(handle, module).course.modules)
    if form.validate_on_submit():
        with refused(form), transaction():
            _mark_one(handle, registration, module, form)
            row = f"row-{key_of(registration, module)}"
            there = url_for(".show", handle=handle, module=module or None, _anchor=row)
            return redirect(there, 303)
    return _person(handle, registration, module, form)


@bp.post("/<dated:handle>/walk-ins")
@requires(Permission.ATTENDANCE_MARK)
def walk_in(handle: str) -> ResponseReturnValue:
    """Note someone who came without a registration, by the line of the paper sheet."""
    form = forms.WalkInForm()
    is_right = form.validate_on_submit()
    with transaction():
        session = classes.class_for(handle, by=signed_in())
        if is_right:
            walk_ins.note(session, form.number, by=signed_in(), now=clock.now())
    if is_right:
        flash_done(_("Noted. The office has to clear this person first."))
    else:
        flash_note(_("Write the number of the line, such as 31."))
    return redirect(url_for(".show", handle=handle), 303)


def _class(handle: str, module: int) -> ClassSession:
    """Return a class day that has this roll. Raises NotYours."""
    session = classes.class_for(handle, by=signed_in())
    if not services.knows(session, {module}):
        raise NotYours
    return session


def _do(
    session: ClassSession, act: str, sent: list[Mark], key: str, module: int = WHOLE_DAY
) -> None:
    who: dict[str, Any] = {"by": signed_in(), "on": court_today(), "now": clock.now()}
    if sent:
        services.record(session, sent, **who)
    if act == "rest":
        services.mark_rest(session, key, module=module, **who)
    elif act == "undo":
        services.undo_batch(session, request.form.get("batch", "")[:64], module=module, **who)


def _mark_one(handle: str, registration: str, module: int, form: forms.MarkForm) -> None:
    session = _class(handle, module)
    row = rosters.registration_for(registration, session.id)
    made = form.mark(row.handle, _standing(row, module), module, clock.now())
    services.record(session, [made], by=signed_in(), on=court_today(), now=clock.now())


def _standing(row: Registration, module: int) -> Current:
    return latest.standing_of([row.id]).get((row.id, module), BLANK)


def _page(handle: str, module: int) -> ResponseReturnValue:
    with reading():
        mine, by = sign_in_session(), signed_in()
        session = _class(handle, module)
        found = roll.of_class(session, by=by, module=module, fees=False)
        walk_ins = walk_in_queries.count_open(session.id)
    return render_template(
        "sbad/attendance/show.html",
        session=session,
        modules=found.modules,
        of_module=_module(found.modules, module),
        parts=_parts(handle, found.modules, module),
        roll=found,
        differs=answers.apart(found, by),
        carried=Pass(handle, by.handle, mine.handle, int(clock.now().timestamp())).sealed(),
        op=secrets.token_urlsafe(18),
        presences=Presence,
        removals=Removal,
        segments=[(each.value, said(each.words), each.value) for each in roll.SEGMENTS],
        walk_ins=walk_ins,
        is_to_come=session.held_on > court_today(),
        is_hindered="hindered" in request.args,
    )


def _module(modules: Sequence[Module], module: int) -> Module | None:
    return next((each for each in modules if each.place == module), None)


def _parts(handle: str, modules: Sequence[Module], module: int) -> list[dict[str, Any]]:
    """Return the rolls of a class day to choose from: of the whole day, and of each module."""
    rolls = {WHOLE_DAY: _("Whole day"), **{each.place: each.name for each in modules}}
    return [
        {"label": label, "current": place == module,
         "href": url_for(".show", handle=handle, module=place or None)}
        for place, label in rolls.items()
    ]  # fmt: skip


def _person(
    handle: str, registration: str, module: int, form: forms.MarkForm
) -> ResponseReturnValue:
    with reading():
        session = _class(handle, module)
        row = rosters.registration_for(registration, session.id)
        who = lines.one(session, row, by=signed_in(), why=Act.ROLL_SHOWN)
    current = _standing(row, module)
    form.offer([] if module else session.course.modules)
    form.show_current(current)
    return render_template(
        "sbad/attendance/person.html", session=session, form=form, who=who,
        current=current, history=queries.history(row.id), reasons=REASONS,
        of_module=_module(classes.modules_of(session.course_id), module),
        whole=queries.current_one(row.id),
    ), form.status  # fmt: skip
