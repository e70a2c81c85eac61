"""Assign mentors, end matches, and log that contacts happened."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from diversion.audit.models import Act
from diversion.community_court.mentors import desk, queries, services
from diversion.community_court.mentors.forms import AssignForm, ContactForm, EndForm, MentorForm
from diversion.core import once
from diversion.core.database import reading, transaction
from diversion.core.tracks import Track
from diversion.core.words import _
from diversion.participants import access
from diversion.partners.agencies import queries as agencies
from diversion.staff.access import requires, signed_in
from diversion.staff.permissions import Permission
from diversion.web.calendar import court_today
from diversion.web.flash import flash_done, flash_note
from diversion.web.forms import refused

bp = Blueprint("mentors", __name__)
TRACK = Track.COMMUNITY_COURT


@bp.get("/log")
@requires(Permission.CONTACT_OWN)
def mine() -> ResponseReturnValue:
    """List my people and when the next contact is due."""
    with reading():
        people = desk.my_people(by=signed_in(), today=court_today())
    return render_template("community_court/mentors/mine.html", people=people)


@bp.route("/participants/<number:number>/contacts/new", methods=["GET", "POST"])
@requires(Permission.CONTACT_LOG)
def log(number: str) -> ResponseReturnValue:
    """Log a contact; twice the same form is one contact."""
    with reading():
        opened = access.open_file(number, TRACK, by=signed_in(), why=Act.FILE_OPENED)
    form = ContactForm(happened_on=court_today())
    if form.validate_on_submit():
        with refused(form), transaction():
            desk.log_once(opened.participant, form, by=signed_in(), on=court_today())
            flash_done(_("The contact is logged."))
            return redirect(url_for("community_court.file.show", number=number), 303)
    return render_template(
        "community_court/mentors/log.html", form=form, number=number, who=opened.identity
    ), form.status


@bp.route("/participants/<number:number>/mentors/new", methods=["GET", "POST"])
@requires(Permission.MENTOR_ASSIGN)
def assign(number: str) -> ResponseReturnValue:
    """Match a person with a mentor."""
    with reading():
        opened = access.open_file(number, TRACK, by=signed_in(), why=Act.FILE_OPENED)
    form = AssignForm()
    form.mentor.choices = desk.mentor_choices(court_today())
    if form.validate_on_submit():
        with refused(form), transaction():
            desk.match_once(opened.participant, form, by=signed_in(), on=court_today())
            flash_done(_("The mentor is assigned."))
            return redirect(url_for("community_court.file.show", number=number), 303)
    return render_template(
        "community_court/mentors/assign.html", form=form, number=number, who=opened.identity
    ), form.status


@bp.get("/participants/<number:number>/mentors")
@requires(Permission.MENTOR_ASSIGN)
def matches(number: str) -> ResponseReturnValue:
    """Show all matches of a person; none is ever deleted."""
    with reading():
        opened = access.open_file(number, TRACK, by=signed_in(), why=Act.FILE_OPENED)
    found = queries.matches_of(opened.participant.id)
    return render_template(
        "community_court/mentors/matches.html", matches=found, number=number, who=opened.identity,
        form=EndForm(formdata=None),
    )  # fmt: skip


@bp.post("/matches/<handle:match>/begin")
@requires(Permission.MENTOR_ASSIGN)
def begin(match: str) -> ResponseReturnValue:
    """Start a proposed match, or go on after a pause."""
    found = queries.match_for(match, access.visible_to(signed_in(), TRACK))
    with transaction():
        person = desk.person_of(found, by=signed_in())
        services.begin(found, person, by=signed_in(), on=court_today())
        return redirect(url_for("community_court.mentors.matches", number=person.number), 303)


@bp.post("/matches/<handle:match>/end")
@requires(Permission.MENTOR_ASSIGN)
def end(match: str) -> ResponseReturnValue:
    """End a match; the mentor's reach ends with it."""
    found = queries.match_for(match, access.visible_to(signed_in(), TRACK))
    person, form = desk.person_of(found, by=signed_in()), EndForm()
    if form.validate_on_submit():
        with transaction():
            services.end(found, form.reason.data, by=signed_in(), on=court_today())
            flash_done(_("The match has ended. It stays on record."))
    return redirect(url_for("community_court.mentors.matches", number=person.number), 303)


@bp.route("/mentors/new", methods=["GET", "POST"])
@requires(Permission.MENTOR_ASSIGN)
def add() -> ResponseReturnValue:
    """Add a mentor, with the account they sign in with, if any."""
    form = MentorForm()
    form.staff.choices = desk.account_choices()
    if form.validate_on_submit():
        with refused(form), transaction():
            hashed = once.request_hash("mentor", {"name": form.name.data})
            if once.claim(form.key, hashed) is None:
                desk.add_mentor(form, by=signed_in(), on=court_today())
            flash_done(_("The mentor is added."))
            return redirect(url_for("community_court.mentors.directory"), 303)
    return render_template("community_court/mentors/add.html", form=form), form.status


@bp.post("/mentors/<handle:mentor>/stop")
@requires(Permission.MENTOR_ASSIGN)
def stop(mentor: str) -> ResponseReturnValue:
    """Write down that a mentor stops, once nobody walks with them."""
    try:
        with transaction():
            services.stop(agencies.member(mentor), by=signed_in(), on=court_today())
            flash_done(_("Written down. Earlier matches keep the name."))
    except services.StillMatched as no:
        flash_note(no.sentence)
    return redirect(url_for("community_court.mentors.directory"), 303)


@bp.get("/mentors")
@requires(Permission.MENTOR_ASSIGN)
def directory() -> ResponseReturnValue:
    """List the mentors with how many people they walk with."""
    mentors = agencies.members(desk.KIND, court_today())
    load = queries.caseload([each.id for each in mentors])
    return render_template("community_court/mentors/directory.html", mentors=mentors, load=load)
