"""Ask that a condition be let go, and answer it as another person."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from diversion.core.database import transaction
from diversion.core.words import _
from diversion.enrollments.lifecycle import excusals, queries
from diversion.enrollments.terms.lists import EXCUSAL_REASONS, labels
from diversion.sbad.excusals.forms import AnswerForm, ExcusalForm
from diversion.sbad.program.asking import question
from diversion.sbad.program.views import done
from diversion.sbad.program.way import TRACK, enrolled
from diversion.staff.access import requires, signed_in
from diversion.staff.permissions import Permission
from diversion.staff.queries import names_of
from diversion.web.calendar import court_today
from diversion.web.forms import refused

bp = Blueprint("excusals", __name__)


@bp.route("/conditions/<handle:condition>/excusal", methods=["GET", "POST"])
@requires(Permission.SBAD_FILE_WRITE)
def ask(number: str, condition: str) -> ResponseReturnValue:
    """Ask a deputy to let a condition go."""
    form, by = ExcusalForm(), signed_in()
    if form.validate_on_submit():
        with refused(form), transaction():
            enrollment = enrolled(number, by=by)
            found = queries.condition_for(condition, enrollment)
            if form.is_first():
                excusals.ask(enrollment, found, reason=form.reason.data, by=by, on=court_today())
            return done(number, _("Asked. It waits for a deputy."))
    found = queries.condition_for(condition, enrolled(number, by=by))
    return question("sbad/excusals/ask.html", number, form, condition=found)


@bp.route("/excusals/<handle:handle>", methods=["GET", "POST"])
@requires(Permission.ENROLLMENT_DECIDE, Permission.SBAD_FILE_READ)
def decide(number: str, handle: str) -> ResponseReturnValue:
    """Show what is asked, and take the answer of a deputy who did not ask."""
    form, by = AnswerForm(), signed_in()
    if form.validate_on_submit():
        with refused(form), transaction():
            granted = form.answer.data == "granted"
            if form.is_first():
                asked = queries.excusal_for(handle, enrolled(number, by=by))
                excusals.decide(asked, granted=granted, by=by, on=court_today())
            return done(number, _("Granted.") if granted else _("Not granted."))
    asked = queries.excusal_for(handle, enrolled(number, by=by))
    return question(
        "sbad/excusals/decide.html",
        number,
        form,
        asked=asked,
        names=names_of({asked.asked_by}),
        reasons=labels(EXCUSAL_REASONS, TRACK, court_today()),
    )
