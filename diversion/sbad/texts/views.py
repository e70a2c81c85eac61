"""Show the words of the papers, write new versions, approve them; keep the set-aside clocks."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from diversion.core.database import transaction
from diversion.core.errors import NotYours
from diversion.core.words import _
from diversion.enrollments.dismissal import queries as dismissal
from diversion.enrollments.dismissal.services import set_clock
from diversion.enrollments.texts import queries, rules, services
from diversion.enrollments.texts.models import Paper
from diversion.enrollments.texts.rules import PLACES
from diversion.sbad.program.way import TRACK
from diversion.sbad.texts.forms import ClockForm, WordsForm
from diversion.staff.access import requires, signed_in
from diversion.staff.permissions import Permission
from diversion.staff.queries import names_of
from diversion.web.flash import flash_done
from diversion.web.forms import Form, refused

bp = Blueprint("texts", __name__)


@bp.get("")
@requires(Permission.SBAD_FILE_READ)
def show_all() -> ResponseReturnValue:
    """List every paper in every language, with the version in use."""
    found = [
        (paper, language, queries.wording(paper, language))
        for paper in Paper
        for language in queries.LANGUAGES
    ]
    return render_template("sbad/texts/show_all.html", found=found, clocks=dismissal.clocks(TRACK))


@bp.route("/<paper>/<language>", methods=["GET", "POST"])
@requires(Permission.SBAD_FILE_WRITE, Permission.ENROLLMENT_DECIDE)
def write(paper: str, language: str) -> ResponseReturnValue:
    """Write a new version; it is a draft until somebody else approves it."""
    if paper not in set(Paper) or language not in queries.LANGUAGES:
        raise NotYours
    known = queries.wording(Paper(paper), language)
    form = WordsForm(title=known.title, body=known.body)
    if form.validate_on_submit():
        with refused(form), transaction():
            if form.is_first():
                title, body = form.title.data, form.body.data
                services.write(Paper(paper), language, title, body, by=signed_in())
            flash_done(_("Kept as a draft. Somebody else has to approve it."))
            return redirect(url_for(".write", paper=paper, language=language), 303)
    known_versions = queries.versions(Paper(paper), language)
    writers = {who for each in known_versions for who in (each.written_by, each.approved_by)}
    return render_template(
        "sbad/texts/write.html", form=form, paper=Paper(paper), language_code=language,
        versions=known_versions, names=names_of({who for who in writers if who is not None}),
        places=PLACES, known=known, me_id=signed_in().id,
    ), form.status  # fmt: skip


@bp.route("/versions/<handle:handle>", methods=["GET", "POST"])
@requires(Permission.ENROLLMENT_DECIDE)
def approve(handle: str) -> ResponseReturnValue:
    """Let a version be used; who wrote it does not approve it."""
    form = Form()
    if form.validate_on_submit():
        with refused(form), transaction():
            text = queries.text_for(handle)
            services.approve(text, by=signed_in())
            flash_done(_("Approved. It is used from now on."))
            return redirect(url_for(".write", paper=text.paper, language=text.language), 303)
    text = queries.text_for(handle)
    return render_template(
        "sbad/texts/approve.html", form=form, text=text, paragraphs=rules.paragraphs(text.body)
    ), form.status


@bp.route("/clocks", methods=["GET", "POST"])
@requires(Permission.ENROLLMENT_DECIDE)
def clock() -> ResponseReturnValue:
    """Keep from when a record can be set aside, as counsel says."""
    form = ClockForm()
    if form.validate_on_submit():
        with refused(form), transaction():
            if form.is_first():
                set_clock(
                    TRACK, form.basis.data, days=form.days.data, citation=form.citation.data,
                    in_force_on=form.in_force_on.data, by=signed_in(),
                )  # fmt: skip
            flash_done(_("Kept. It counts for dismissals from that day."))
            return redirect(url_for(".show_all"), 303)
    return render_template("sbad/texts/clock.html", form=form), form.status
