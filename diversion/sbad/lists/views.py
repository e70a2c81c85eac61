"""Show the lists of this program, add a word, take one out of use."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from diversion.core.database import transaction
from diversion.core.errors import NotYours
from diversion.core.words import Sentence, _
from diversion.enrollments.codes import Clock
from diversion.enrollments.terms import words
from diversion.enrollments.terms.lists import (
    ELIGIBILITY_FACTORS,
    EXCUSAL_REASONS,
    PAUSE_REASONS,
    whole,
)
from diversion.sbad.lists.forms import PauseWordForm, WordForm
from diversion.sbad.program.way import TRACK
from diversion.staff.access import requires, signed_in
from diversion.staff.permissions import Permission
from diversion.web.calendar import court_today
from diversion.web.flash import flash_done, flash_note
from diversion.web.forms import refused

bp = Blueprint("lists", __name__)
TITLES: dict[str, Sentence] = {
    ELIGIBILITY_FACTORS: _("What is weighed before an offer"),
    PAUSE_REASONS: _("Why a program is paused"),
    EXCUSAL_REASONS: _("Why a condition is excused"),
}
WRITERS = (Permission.SBAD_FILE_WRITE, Permission.ENROLLMENT_DECIDE)


@bp.get("")
@requires(Permission.SBAD_FILE_READ)
def show_all() -> ResponseReturnValue:
    """Show every list with its words, also those out of use."""
    on = court_today()
    return render_template(
        "sbad/lists/show_all.html", titles=TITLES, today=on, timed=PAUSE_REASONS,
        clocks={each.value: each.words for each in Clock},
        found={name: whole(name, TRACK, on) for name in TITLES},
        may_change={name for name in TITLES if _may_change(name)},
    )  # fmt: skip


@bp.route("/<name>", methods=["GET", "POST"])
@requires(*WRITERS)
def add(name: str) -> ResponseReturnValue:
    """Put a word on a list."""
    _check(name)
    form = PauseWordForm() if name == PAUSE_REASONS else WordForm()
    if form.validate_on_submit():
        with refused(form), transaction():
            if form.is_first():
                label, rule = form.label.data, form.maps_to
                words.add(name, TRACK, label, maps_to=rule, by=signed_in(), on=court_today())
            flash_done(_("It is on the list from now on."))
            return redirect(url_for(".show_all"), 303)
    return render_template("sbad/lists/add.html", form=form, title=TITLES[name]), form.status


@bp.post("/<name>/retirement")
@requires(*WRITERS)
def retire(name: str) -> ResponseReturnValue:
    """Take a word out of use; what was written with it stays readable."""
    _check(name)
    try:
        with transaction():
            word = request.form.get("word", "")
            words.take_out(name, TRACK, word, by=signed_in(), on=court_today())
            flash_done(_("Out of use. What was written with it stays readable."))
    except (words.LastOne, words.NotInUse) as no:
        flash_note(no.sentence)
    return redirect(url_for(".show_all"), 303)


def _check(name: str) -> None:
    """Raises NotYours for a list that there is not, or that is not theirs to change."""
    if name not in TITLES or not _may_change(name):
        raise NotYours


def _may_change(name: str) -> bool:
    """Say whether it is theirs: what the statute has weighed is for the deputy to say."""
    if name == ELIGIBILITY_FACTORS:
        return signed_in().may(Permission.ENROLLMENT_DECIDE)
    return any(signed_in().may(each) for each in WRITERS)
