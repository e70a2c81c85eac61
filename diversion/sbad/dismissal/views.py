"""Look at the record, sign off, dismiss, print the papers, follow the setting aside."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from diversion.core.database import reading, transaction
from diversion.core.errors import NotYours
from diversion.core.words import Sentence, _
from diversion.enrollments.dismissal import queries, services
from diversion.enrollments.dismissal.models import SetAside
from diversion.enrollments.dismissal.services import Sealing
from diversion.enrollments.texts.models import Paper
from diversion.enrollments.texts.queries import LANGUAGES
from diversion.sbad.dismissal import lists
from diversion.sbad.dismissal.forms import RecordForm, SealingForm
from diversion.sbad.dismissal.papers import PACK, sheet
from diversion.sbad.dismissal.stages import Stage
from diversion.sbad.program.asking import question
from diversion.sbad.program.forms import Dated
from diversion.sbad.program.views import done
from diversion.sbad.program.way import enrolled, way
from diversion.staff.access import requires, signed_in
from diversion.staff.permissions import Permission
from diversion.web.calendar import court_today
from diversion.web.forms import refused

bp = Blueprint("dismissal", __name__)
ONE = "/participants/<number:number>"
STEPS: dict[Sealing, Sentence] = {
    Sealing.FILED: _("Filed with the court"),
    Sealing.ORDERED: _("Ordered by the court"),
    Sealing.CONFIRMED: _("Sealing confirmed"),
}


@bp.get("/endings")
@requires(Permission.SBAD_FIND)
def endings() -> ResponseReturnValue:
    """List who waits for what after the last requirement."""
    stage = Stage.asked(request.args.get("show", ""))
    with reading():
        page, sort, found = lists.page(stage, by=signed_in(), on=court_today())
    return render_template(
        "sbad/dismissal/endings.html", page=page, lines=found, stage=stage,
        chips=lists.chips(stage), sort=sort,
    )  # fmt: skip


@bp.route(f"{ONE}/record-check", methods=["GET", "POST"])
@requires(Permission.ELIGIBILITY_DECIDE)
def look(number: str) -> ResponseReturnValue:
    """Write down what a look for a new arrest said: a code and a day."""
    form = RecordForm()
    if form.validate_on_submit():
        with refused(form), transaction():
            if form.is_first():
                enrollment = enrolled(number, by=signed_in())
                services.look(enrollment, form.result.data, by=signed_in(), on=form.day)
            return done(number, _("Written down."))
    enrolled(number, by=signed_in())  # or it is nobody of theirs
    return question("sbad/dismissal/look.html", number, form)


@bp.route(f"{ONE}/sign-off", methods=["GET", "POST"])
@requires(Permission.ENROLLMENT_DECIDE)
def sign_off(number: str) -> ResponseReturnValue:
    """Sign off a completion as a deputy."""
    form = Dated()
    if form.validate_on_submit():
        with refused(form), transaction():
            if form.is_first():
                services.sign_off(enrolled(number, by=signed_in()), by=signed_in(), on=form.day)
            return done(number, _("Signed off. The papers can be printed."))
    with reading():
        found = way(number, by=signed_in(), on=court_today())
    return render_template(
        "sbad/dismissal/sign_off.html", form=form, number=number, way=found, who=found.identity
    ), form.status


@bp.route(f"{ONE}/dismissal", methods=["GET", "POST"])
@requires(Permission.SBAD_FILE_WRITE)
def dismiss(number: str) -> ResponseReturnValue:
    """Write down that the court dismissed the case."""
    form = Dated()
    if form.validate_on_submit():
        with refused(form), transaction():
            if form.is_first():
                services.dismiss(enrolled(number, by=signed_in()), by=signed_in(), on=form.day)
            return done(number, _("Dismissed."))
    enrolled(number, by=signed_in())  # or it is nobody of theirs
    return question("sbad/dismissal/dismiss.html", number, form)


@bp.route(f"{ONE}/set-aside", methods=["GET", "POST"])
@requires(Permission.SBAD_FILE_WRITE)
def set_aside(number: str) -> ResponseReturnValue:
    """Follow the setting aside, step by step, until the sealing is confirmed."""
    form = SealingForm()
    if form.validate_on_submit():
        with refused(form), transaction():
            made, what = _set_aside(number), form.what.data
            if form.is_first():
                services.follow_sealing(made, what, by=signed_in(), on=form.day)
            return done(number, _("Written down."))
    made = _set_aside(number)
    turn = next((each for each in Sealing if not getattr(made, f"{each}_on")), None)
    return question(
        "sbad/dismissal/set_aside.html", number, form, made=made, steps=STEPS, turn=turn
    )


@bp.get(f"{ONE}/papers/<paper>")
@requires(Permission.SBAD_FILE_READ)
def paper(number: str, paper: str) -> ResponseReturnValue:
    """Show one paper of the dismissal, to be printed; a draft says that it is one."""
    if paper not in set(Paper):
        raise NotYours
    language = request.args.get("language", "")
    with reading():
        found = sheet(
            Paper(paper), number, language if language in LANGUAGES else "", by=signed_in(),
            on=court_today(),
        )  # fmt: skip
    return render_template(
        "sbad/dismissal/paper.html", sheet=found, number=number, paper=paper, pack=PACK
    )


def _set_aside(number: str) -> SetAside:
    made = queries.set_aside_of(enrolled(number, by=signed_in()).id)
    if made is None:
        raise NotYours
    return made
