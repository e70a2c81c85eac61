"""Find the people of the class program, open a person's page, and correct who they are."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from diversion.core.database import reading
from diversion.core.tracks import Track
from diversion.core.words import _
from diversion.enrollments.intake.parts import CONTACT, PERSON
from diversion.enrollments.people import answers, reaching
from diversion.enrollments.people.answers import Program
from diversion.sbad.file.whole import whole
from diversion.sbad.rosters.queries import next_days
from diversion.staff.access import requires, signed_in, under_lock
from diversion.staff.permissions import Permission
from diversion.web.calendar import court_today

bp = Blueprint("file", __name__)
PROGRAM = Program(Track.SBAD, "sbad/file", next_days, after="sbad.dismissal.endings")


@bp.get("/participants")
@requires(Permission.SBAD_FIND)
def find() -> ResponseReturnValue:
    return answers.find(PROGRAM)


@bp.post("/participants")
@requires(Permission.SBAD_FIND)
def search() -> ResponseReturnValue:
    return answers.search(PROGRAM)


@bp.get("/participants/<number:number>")
@requires(Permission.SBAD_FILE_READ)
@under_lock
def show(number: str) -> ResponseReturnValue:
    """Show everything about one person; the log has it before the page is made."""
    kind, all_of_it = request.args.get("show", ""), "whole" in request.args
    with reading():
        found = whole(number, by=signed_in(), on=court_today(), kind=kind, all_of_it=all_of_it)
    return render_template("sbad/file/show.html", whole=found, file=found.file, sees=found.sees)


@bp.route("/participants/<number:number>/identity", methods=["GET", "POST"])
@requires(Permission.SBAD_FILE_WRITE)
def identity(number: str) -> ResponseReturnValue:
    """Correct who the person is; the log says that it was corrected, and never what."""
    return answers.correct(PROGRAM, number, PERSON, _("The record was corrected."))


@bp.route("/participants/<number:number>/contact", methods=["GET", "POST"])
@requires(Permission.SBAD_FILE_WRITE)
def contact(number: str) -> ResponseReturnValue:
    """Change how the person can be reached safely."""
    return answers.correct(PROGRAM, number, CONTACT, _("The rules of contact were changed."))


@bp.get("/participants/<number:number>/looks")
@requires(Permission.SBAD_FILE_WRITE)
def who_looked(number: str) -> ResponseReturnValue:
    return answers.who_looked(PROGRAM, number)


@bp.route("/participants/<number:number>/reach", methods=["GET", "POST"])
@requires(Permission.SBAD_FILE_WRITE)
def reach(number: str) -> ResponseReturnValue:
    """Say who may open the record, and keep it from somebody."""
    return reaching.show(PROGRAM, number)


@bp.post("/participants/<number:number>/reach/<handle:handle>")
@requires(Permission.SBAD_FILE_WRITE)
def end_reach(number: str, handle: str) -> ResponseReturnValue:
    """Take the record back from somebody, or lift what keeps it from them."""
    return reaching.end(PROGRAM, number, handle)


@bp.get("/progress")
@requires(Permission.SBAD_FIND)
def who_is_complete() -> ResponseReturnValue:
    return answers.who_is_complete(PROGRAM)
