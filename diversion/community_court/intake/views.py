"""Take somebody into Community Court: a list of tasks, a page for each, saved as one goes."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from diversion.community_court.intake import services
from diversion.community_court.intake.parts import PARTS
from diversion.core.database import reading, transaction
from diversion.core.tracks import Track
from diversion.core.words import _
from diversion.enrollments.codes import Factor
from diversion.enrollments.intake import pages
from diversion.enrollments.intake.drafts import open_draft
from diversion.staff.access import requires, signed_in
from diversion.staff.permissions import Permission
from diversion.web.calendar import court_today
from diversion.web.flash import flash_done
from diversion.web.forms import Form, refused

bp = Blueprint("intake", __name__)
TRACK = Track.COMMUNITY_COURT
FACTORS = frozenset(each.value for each in Factor)


@bp.get("")
@requires(Permission.COURT_FILE_WRITE)
def under_way() -> ResponseReturnValue:
    """List the intakes that are not finished."""
    with reading():
        page, lines = pages.under_way(TRACK, by=signed_in())
    return render_template("community_court/intake/under_way.html", page=page, lines=lines)


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.COURT_FILE_WRITE)
def start() -> ResponseReturnValue:
    """Begin: who it is and who sent them; someone like it on record is asked about."""
    form, begun = pages.start_form(court_today()), None
    if form.validate_on_submit():
        with refused(form), transaction():
            begun = pages.begin(TRACK, form, by=signed_in(), on=court_today())
            if begun.enrolled:
                return redirect(url_for("community_court.file.show", number=begun.enrolled), 303)
            if begun.handle:
                return redirect(url_for(".show", handle=begun.handle), 303)
            pages.ask_again(form, begun)
    return render_template("community_court/intake/start.html", form=form, begun=begun), form.status


@bp.get("/<handle:handle>")
@requires(Permission.COURT_FILE_WRITE)
def show(handle: str) -> ResponseReturnValue:
    """Show what is done and what is next."""
    with reading():
        draft = open_draft(handle, TRACK, by=signed_in())
    tasks = pages.tasks(draft, PARTS, decides_only=False)
    return render_template(
        "community_court/intake/show.html", draft=draft, tasks=tasks, next=pages.upcoming(tasks),
        begins=True,
        record=url_for("community_court.file.show", number=draft.participant.number),
    )  # fmt: skip


@bp.route("/<handle:handle>/<part>", methods=["GET", "POST"])
@requires(Permission.COURT_FILE_WRITE)
def question(handle: str, part: str) -> ResponseReturnValue:
    """Ask the questions of one part and save the answers."""
    asked = pages.part_of(PARTS, part, decides_only=False)
    form = asked.form()
    if form.validate_on_submit():
        with refused(form), transaction():
            draft = open_draft(handle, TRACK, by=signed_in())
            pages.save(asked, draft, form, by=signed_in(), on=court_today())
            return redirect(url_for(".onward", handle=handle), 303)
    with reading():
        draft = open_draft(handle, TRACK, by=signed_in())
    form = pages.filled(asked, draft, form)
    return render_template(
        "community_court/intake/question.html", part=asked, draft=draft, form=form, parts=PARTS,
        factors=FACTORS, money=False,
    ), form.status  # fmt: skip


@bp.get("/<handle:handle>/onward")
@requires(Permission.COURT_FILE_WRITE)
def onward(handle: str) -> ResponseReturnValue:
    """Go on with the part that is next, or back to the list of tasks."""
    with reading():
        draft = open_draft(handle, TRACK, by=signed_in())
    upcoming = pages.upcoming(pages.tasks(draft, PARTS, decides_only=False))
    if upcoming is None:
        return redirect(url_for(".show", handle=handle), 303)
    return redirect(url_for(".question", handle=handle, part=upcoming.key), 303)


@bp.route("/<handle:handle>/begin", methods=["GET", "POST"])
@requires(Permission.COURT_FILE_WRITE)
def begin(handle: str) -> ResponseReturnValue:
    """Read it all together, then begin."""
    form = Form()
    if form.validate_on_submit():
        with refused(form), transaction():
            draft = open_draft(handle, TRACK, by=signed_in())
            services.enter(pages.enrolled(draft), by=signed_in(), on=court_today())
            flash_done(_("The program has begun. The next step is a court day."))
            return redirect(
                url_for("community_court.file.show", number=draft.participant.number), 303
            )
    with reading():
        draft = open_draft(handle, TRACK, by=signed_in())
    return render_template(
        "community_court/intake/begin.html", draft=draft, form=form, money=False
    ), form.status


@bp.post("/<handle:handle>/again")
@requires(Permission.COURT_FILE_WRITE)
def again(handle: str) -> ResponseReturnValue:
    """Look again at a decision, or offer again after a no."""
    with transaction():
        pages.look_again(open_draft(handle, TRACK, by=signed_in()), by=signed_in())
    return redirect(url_for(".show", handle=handle), 303)
