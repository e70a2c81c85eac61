"""End a diversion as the law has it: a deputy's notice, a dispute, a finding; never for money."""

from datetime import date

from flask import Blueprint, current_app, render_template
from flask.typing import ResponseReturnValue

from diversion.core import clock
from diversion.core.database import reading, transaction
from diversion.core.words import _
from diversion.enrollments.codes import Finding
from diversion.enrollments.conditions.queries import explain
from diversion.enrollments.lifecycle import endings, rules
from diversion.enrollments.lifecycle.words import EXITS, KINDS
from diversion.enrollments.models import Enrollment
from diversion.fees.due_days import follow_pauses
from diversion.sbad.program.asking import question
from diversion.sbad.program.views import done
from diversion.sbad.program.way import enrolled
from diversion.sbad.rosters.waiting import give_all_back
from diversion.sbad.termination.forms import DisputeForm, FindingForm, NoticeForm
from diversion.sbad.termination.summary import summary as summed_up
from diversion.staff.access import requires, signed_in
from diversion.staff.models import Staff
from diversion.staff.permissions import Permission
from diversion.web.calendar import court_today
from diversion.web.forms import refused

bp = Blueprint("termination", __name__)


@bp.route("/notice", methods=["GET", "POST"])
@requires(Permission.ENROLLMENT_DECIDE)
def give(number: str) -> ResponseReturnValue:
    """Give notice with grounds; nothing ends by it."""
    form = NoticeForm()
    form.meet(rules.grounds(explain(enrolled(number, by=signed_in()))))
    if form.validate_on_submit():
        with refused(form), transaction():
            enrollment = enrolled(number, by=signed_in())
            if form.is_first():
                grounds = form.grounds.data
                endings.give_notice(enrollment, grounds=grounds, by=signed_in(), on=form.day)
                follow_pauses(enrollment.id, by=signed_in())  # a notice ends a pause
            return done(number, _("Notice given. Nothing ends before a finding."))
    return question("sbad/termination/give.html", number, form)


@bp.route("/dispute", methods=["GET", "POST"])
@requires(Permission.SBAD_FILE_WRITE)
def dispute(number: str) -> ResponseReturnValue:
    """Write down that the person disputes it, and when that is heard."""
    enrolled(number, by=signed_in())  # or it is nobody of theirs
    form = DisputeForm()
    if form.validate_on_submit():
        with refused(form), transaction():
            enrollment, hearing_on = enrolled(number, by=signed_in()), form.hearing_on.data
            if form.is_first():
                endings.dispute(enrollment, hearing_on=hearing_on, by=signed_in(), on=form.day)
            return done(number, _("Written down. The hearing comes before a finding."))
    return question("sbad/termination/dispute.html", number, form)


@bp.route("/finding", methods=["GET", "POST"])
@requires(Permission.ENROLLMENT_DECIDE)
def find(number: str) -> ResponseReturnValue:
    """Write down what was found: it ends, or the person goes on."""
    form, by = FindingForm(), signed_in()
    if form.validate_on_submit():
        with refused(form), transaction():
            if form.is_first():
                _find(enrolled(number, by=by), form.finding.data, by=by, on=form.day)
            return done(number, _("The finding is written down."))
    enrolled(number, by=by)  # or it is nobody of theirs
    return question("sbad/termination/find.html", number, form)


@bp.get("/summary")
@requires(Permission.SBAD_FILE_READ)
def summary(number: str) -> ResponseReturnValue:
    """Show on paper what was done of what was asked, for whoever decides next."""
    with reading():
        found = summed_up(number, by=signed_in(), on=court_today())
    return render_template(
        "sbad/termination/summary.html", summary=found, number=number, kinds=KINDS, exits=EXITS,
        today=court_today(), county=current_app.config["COUNTY"],
    )  # fmt: skip


def _find(enrollment: Enrollment, finding: Finding, *, by: Staff, on: date) -> None:
    """Write down the finding; whoever's diversion ends gives every seat back."""
    endings.find(enrollment, finding, by=by, on=on)
    if not enrollment.is_open:
        give_all_back(enrollment, by=by, on=court_today(), now=clock.now())
