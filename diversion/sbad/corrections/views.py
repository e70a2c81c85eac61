"""Correct a mark of a finished roll, by someone else than the person who finished it."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from diversion.audit.models import Act
from diversion.core import clock
from diversion.core.database import reading, transaction
from diversion.core.errors import NotYours
from diversion.core.words import _
from diversion.sbad.attendance import certifying, queries
from diversion.sbad.attendance.reasons import Correction, Removal
from diversion.sbad.attendance.rules import Current, modules_owed
from diversion.sbad.classes import queries as classes
from diversion.sbad.classes.models import ClassSession
from diversion.sbad.corrections.forms import CorrectionForm
from diversion.sbad.rosters import lines
from diversion.sbad.rosters import queries as rosters
from diversion.staff.access import requires, signed_in
from diversion.staff.permissions import Permission
from diversion.web.flash import flash_done
from diversion.web.forms import refused

bp = Blueprint("corrections", __name__)


@bp.route("/<dated:handle>/people/<handle:registration>/correction", methods=["GET", "POST"])
@requires(Permission.ATTENDANCE_CORRECT)
def correct(handle: str, registration: str) -> ResponseReturnValue:
    """Show both values and what counts; a roll that is not finished has nothing to correct."""
    form = CorrectionForm()
    form.offer(classes.class_for(handle, by=signed_in()).course.modules)
    if form.validate_on_submit():
        with refused(form), transaction():
            _correct(handle, registration, form)
            return redirect(url_for("sbad.days.show", handle=handle), 303)
    return _page(handle, registration, form)


def _correct(handle: str, registration: str, form: CorrectionForm) -> None:
    session = classes.class_for(handle, by=signed_in())
    row = rosters.registration_for(registration, session.id)
    made = form.mark(row.handle, queries.current_one(row.id), clock.now())
    reason = form["reason"].data.value
    certifying.correct(row, made, reason=reason, by=signed_in(), now=clock.now())
    flash_done(_("Corrected. Both marks are kept, and what counts follows."))


def _page(handle: str, registration: str, form: CorrectionForm) -> ResponseReturnValue:
    with reading():
        session = classes.class_for(handle, by=signed_in())
        row = rosters.registration_for(registration, session.id)
        who = lines.one(session, row, by=signed_in(), why=Act.ROLL_SHOWN)
    done = queries.finish_of(session.id)
    if done is None:
        raise NotYours
    current = queries.current_one(row.id)
    return render_template(
        "sbad/corrections/correct.html", session=session, form=form, who=who, finish=done,
        is_own=done.finished_by == signed_in().id, history=queries.history(row.id),
        current=current, owed=_owed(session, current),
        reasons={each.value: each.words for each in (*Correction, *Removal)},
    ), form.status  # fmt: skip


def _owed(session: ClassSession, current: Current) -> int:
    lengths = tuple(each.minutes for each in session.course.modules)
    return modules_owed(current, lengths, session.course.grace_minutes) if current.is_there else 0
