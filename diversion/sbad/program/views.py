"""Show somebody's way through the program; pause it, go on, let them leave, wait out the period."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from diversion.core import clock
from diversion.core.database import reading, transaction
from diversion.core.errors import NotYours
from diversion.core.words import Sentence, _
from diversion.enrollments.codes import WhyReopened
from diversion.enrollments.intake.words import ANSWERS, OVERRIDES, RESULTS, SOURCES
from diversion.enrollments.lifecycle import pauses, services
from diversion.enrollments.lifecycle.words import EXITS, KINDS
from diversion.enrollments.standing import OUTCOMES
from diversion.enrollments.terms.lists import (
    ELIGIBILITY_FACTORS,
    EXCUSAL_REASONS,
    PAUSE_REASONS,
    labels,
    listed,
)
from diversion.fees.due_days import follow_pauses
from diversion.participants import access
from diversion.participants.assignments.models import Reason
from diversion.participants.assignments.services import assign
from diversion.sbad.program.asking import question
from diversion.sbad.program.forms import DeputyForm, LeavingForm, PauseForm, ResumeForm
from diversion.sbad.program.way import TRACK, enrolled, way
from diversion.sbad.rosters.waiting import give_all_back
from diversion.staff.access import requires, signed_in
from diversion.staff.permissions import Permission
from diversion.staff.queries import deputies
from diversion.web.calendar import court_today
from diversion.web.flash import flash_done
from diversion.web.forms import CreatingForm, refused

WHY: dict[str, Sentence] = {**OVERRIDES, **{each.value: each.words for each in WhyReopened}}
bp = Blueprint("program", __name__)


@bp.get("/program")
@requires(Permission.SBAD_FILE_READ)
def show(number: str) -> ResponseReturnValue:
    with reading():
        found = way(number, by=signed_in(), on=court_today())
    return render_template(
        "sbad/program/show.html", way=found, number=number,
        sources=SOURCES, stages=OUTCOMES, why=WHY,
        factors=labels(ELIGIBILITY_FACTORS, TRACK, court_today()),
        answers=ANSWERS, results=RESULTS, kinds=KINDS, exits=EXITS, today=court_today(),
        pause_reasons=labels(PAUSE_REASONS, TRACK, court_today()),
        excusal_reasons=labels(EXCUSAL_REASONS, TRACK, court_today()),
    )  # fmt: skip


@bp.route("/pause", methods=["GET", "POST"])
@requires(Permission.SBAD_FILE_WRITE)
def pause(number: str) -> ResponseReturnValue:
    """Pause, with a reason whose rule says whether due dates wait."""
    enrolled(number, by=signed_in())  # or it is nobody of theirs
    form = PauseForm()
    if form.validate_on_submit():
        with refused(form), transaction():
            enrollment = enrolled(number, by=signed_in())
            if form.is_first():
                pauses.suspend(enrollment, reason=form.reason.data, by=signed_in(), on=form.day)
            return done(number, _("Paused."))
    words = listed(PAUSE_REASONS, TRACK, court_today())
    return question("sbad/program/pause.html", number, form, words=words)


@bp.route("/resumption", methods=["GET", "POST"])
@requires(Permission.SBAD_FILE_WRITE)
def resume(number: str) -> ResponseReturnValue:
    """Show what becomes of every due date for a day; saved only as it was shown."""
    form = ResumeForm()
    if form.validate_on_submit() and form.is_seen:
        with refused(form), transaction():
            enrollment = enrolled(number, by=signed_in())
            if form.is_first():
                pauses.resume(enrollment, by=signed_in(), on=form.day)
                follow_pauses(enrollment.id, by=signed_in())
            return done(number, _("The program goes on."))
    day = court_today() if form.on.errors else form.day
    moves = pauses.would_move(enrolled(number, by=signed_in()), on=day)
    form.seen.data = day.isoformat()
    return question("sbad/program/resume.html", number, form, moves=moves, day=day)


@bp.route("/leaving", methods=["GET", "POST"])
@requires(Permission.SBAD_FILE_WRITE)
def leave(number: str) -> ResponseReturnValue:
    """Let somebody leave for a reason that is nobody's failure."""
    enrolled(number, by=signed_in())  # or it is nobody of theirs
    form = LeavingForm()
    if form.validate_on_submit():
        with refused(form), transaction():
            enrollment = enrolled(number, by=signed_in())
            if form.is_first():
                code = form.exit_code.data
                services.close(enrollment, exit_code=code, by=signed_in(), on=form.day)
                give_all_back(enrollment, by=signed_in(), on=court_today(), now=clock.now())
            return done(number, _("Written down. The record stays."))
    return question("sbad/program/leave.html", number, form)


@bp.route("/waiting", methods=["GET", "POST"])
@requires(Permission.SBAD_FILE_WRITE)
def wait(number: str) -> ResponseReturnValue:
    """Let the period without arrest run to its end: everything asked for is done."""
    form = CreatingForm()
    if form.validate_on_submit():
        with refused(form), transaction():
            enrollment = enrolled(number, by=signed_in())
            if form.is_first():
                services.begin_monitoring(enrollment, by=signed_in(), on=court_today())
            return done(number, _("The waiting period runs."))
    enrollment = enrolled(number, by=signed_in())
    return question("sbad/program/wait.html", number, form, enrollment=enrollment)


@bp.route("/deputy", methods=["GET", "POST"])
@requires(Permission.SBAD_FILE_WRITE)
def give(number: str) -> ResponseReturnValue:
    """Give somebody's record to a deputy, who can then give notice and sign."""
    form, known = DeputyForm(), deputies()
    form.meet(known)
    if form.validate_on_submit():
        with refused(form), transaction():
            person = access.find(number, TRACK, by=signed_in())
            if form.is_first():
                assign(
                    known[form.staff.data], person, reason=Reason.CASE, starts_on=court_today(),
                    by=signed_in(),
                )  # fmt: skip
            return done(number, _("Given. The deputy finds the record now."))
    return question("sbad/program/give.html", number, form)


def done(number: str, sentence: Sentence) -> Response:
    """Say that something was written down, on the page of the way.

    Inside the transaction. Whoever reached the person only for this step goes on with Today.
    """
    flash_done(sentence)
    try:
        access.find(number, TRACK, by=signed_in())
    except NotYours:
        return redirect(url_for("dashboard.today.show"), 303)
    return redirect(url_for("sbad.program.show", number=number), 303)
