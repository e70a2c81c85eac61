"""End a diversion as the law has it: a deputy's notice, a dispute, a finding; never for money."""

from flask import Blueprint, current_app, render_template
from flask.typing import ResponseReturnValue

from diversion.core.database import reading, transaction
from diversion.core.words import _
from diversion.enrollments.conditions.queries import explain
from diversion.enrollments.lifecycle import endings, rules
from diversion.enrollments.lifecycle.words import EXITS, KINDS
from diversion.sbad.program.views import done
from diversion.sbad.program.way import enrolled
from diversion.sbad.termination.forms import DisputeForm, FindingForm, NoticeForm
from diversion.sbad.termination.summary import summary as summed_up
from diversion.staff.access import requires, signed_in
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
            endings.give_notice(
                enrolled(number, by=signed_in()), grounds=form.grounds.data, by=signed_in(),
                on=form.day,
            )  # fmt: skip
            return done(number, _("Notice given. Nothing ends before a finding."))
    return render_template("sbad/termination/give.html", form=form, number=number), form.status


@bp.route("/dispute", methods=["GET", "POST"])
@requires(Permission.SBAD_FILE_WRITE)
def dispute(number: str) -> ResponseReturnValue:
    """Write down that the person disputes it, and when that is heard."""
    enrolled(number, by=signed_in())  # or it is nobody of theirs
    form = DisputeForm()
    if form.validate_on_submit():
        with refused(form), transaction():
            endings.dispute(
                enrolled(number, by=signed_in()), hearing_on=form.hearing_on.data,
                by=signed_in(), on=form.day,
            )  # fmt: skip
            return done(number, _("Written down. The hearing comes before a finding."))
    return render_template("sbad/termination/dispute.html", form=form, number=number), form.status


@bp.route("/finding", methods=["GET", "POST"])
@requires(Permission.ENROLLMENT_DECIDE)
def find(number: str) -> ResponseReturnValue:
    """Write down what was found: it ends, or the person goes on."""
    enrolled(number, by=signed_in())  # or it is nobody of theirs
    form = FindingForm()
    if form.validate_on_submit():
        with refused(form), transaction():
            endings.find(
                enrolled(number, by=signed_in()), form.finding.data, by=signed_in(), on=form.day
            )
            return done(number, _("The finding is written down."))
    return render_template("sbad/termination/find.html", form=form, number=number), form.status


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
