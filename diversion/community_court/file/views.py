"""Find the people of Community Court, open a person's page, and correct who they are."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from diversion.audit.models import Act
from diversion.community_court.file import dates
from diversion.community_court.file.dates import TRACK
from diversion.community_court.file.whole import whole
from diversion.core.database import reading, transaction
from diversion.core.words import _
from diversion.enrollments.intake.parts import CONTACT, PERSON
from diversion.enrollments.people import amending, lists, progress
from diversion.enrollments.people.lists import Line
from diversion.enrollments.people.looks import looks
from diversion.enrollments.people.rules import Group
from diversion.participants import access
from diversion.participants.search import TooShort
from diversion.staff.access import requires, signed_in
from diversion.staff.permissions import Permission
from diversion.web.calendar import court_today
from diversion.web.flash import flash_done
from diversion.web.forms import refused

bp = Blueprint("file", __name__)


@bp.get("/participants")
@requires(Permission.COURT_FIND)
def find() -> ResponseReturnValue:
    """List whom one may see."""
    group = Group.asked(request.args.get("status", ""))
    with reading():
        page, lines = lists.page(TRACK, group, by=signed_in())
        soon = dates.next_days([line.id for line in lines], on=court_today())
    return render_template(
        "community_court/file/find.html",
        page=page,
        chips=lists.chips(group),
        **lists.shown(lines, soon),
    )


@bp.post("/participants")
@requires(Permission.COURT_FIND)
def search() -> ResponseReturnValue:
    """Answer a search; it is posted, so that no name is ever in an address."""
    text, too_short = request.form.get("q", "").strip()[:100], False
    lines: list[Line] = []
    try:
        with reading():
            lines = lists.hits(TRACK, text, by=signed_in())
    except TooShort:
        too_short = True
    soon = dates.next_days([line.id for line in lines], on=court_today())
    part = "hits" if request.headers.get("HX-Request") else "search"
    return render_template(
        f"community_court/file/{part}.html",
        text=text,
        too_short=too_short,
        **lists.shown(lines, soon),
    )


@bp.get("/participants/<number:number>")
@requires(Permission.COURT_FILE_READ)
def show(number: str) -> ResponseReturnValue:
    """Show everything about one person; the log has it before the page is made."""
    kind, all_of_it = request.args.get("show", ""), "whole" in request.args
    with reading():
        found = whole(number, by=signed_in(), on=court_today(), kind=kind, all_of_it=all_of_it)
    return render_template(
        "community_court/file/show.html", whole=found, file=found.file, sees=found.sees
    )


@bp.route("/participants/<number:number>/identity", methods=["GET", "POST"])
@requires(Permission.COURT_FILE_WRITE)
def identity(number: str) -> ResponseReturnValue:
    """Correct who the person is; the log says that it was corrected, and never what."""
    form = PERSON.form()
    if form.validate_on_submit():
        with refused(form), transaction():
            opened = access.open_file(number, TRACK, by=signed_in(), why=Act.FILE_OPENED)
            amending.save(PERSON, opened, form, by=signed_in(), on=court_today())
            flash_done(_("The record was corrected."))
            return redirect(url_for(".show", number=number), 303)
    with reading():
        opened = access.open_file(number, TRACK, by=signed_in(), why=Act.FILE_OPENED)
    form = amending.filled(PERSON, opened, form)
    return render_template(
        "community_court/file/amend.html", form=form, part=PERSON, number=number
    ), form.status


@bp.route("/participants/<number:number>/contact", methods=["GET", "POST"])
@requires(Permission.COURT_FILE_WRITE)
def contact(number: str) -> ResponseReturnValue:
    """Change how the person can be reached safely."""
    form = CONTACT.form()
    if form.validate_on_submit():
        with refused(form), transaction():
            opened = access.open_file(number, TRACK, by=signed_in(), why=Act.FILE_OPENED)
            amending.save(CONTACT, opened, form, by=signed_in(), on=court_today())
            flash_done(_("The rules of contact were changed."))
            return redirect(url_for(".show", number=number), 303)
    with reading():
        opened = access.open_file(number, TRACK, by=signed_in(), why=Act.FILE_OPENED)
    form = amending.filled(CONTACT, opened, form)
    return render_template(
        "community_court/file/amend.html", form=form, part=CONTACT, number=number
    ), form.status


@bp.get("/participants/<number:number>/looks")
@requires(Permission.COURT_FILE_WRITE)
def who_looked(number: str) -> ResponseReturnValue:
    """Say who looked at the record."""
    with reading():
        participant = access.find(number, TRACK, by=signed_in())
        found = looks(participant, by=signed_in())
    return render_template("community_court/file/who_looked.html", looks=found, number=number)


@bp.get("/progress")
@requires(Permission.COURT_FIND)
def who_is_complete() -> ResponseReturnValue:
    """List who is complete and who is not, with what is missing."""
    asked = progress.Asked.of(request.args.get("show", ""))
    with reading():
        page, lines = progress.page(TRACK, asked, by=signed_in(), on=court_today())
    return render_template(
        "community_court/file/progress.html", page=page, lines=lines, chips=progress.chips(asked)
    )
