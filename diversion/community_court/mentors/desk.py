"""Bring forms, names and services of the mentors' pages together."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from wtforms.fields.choices import SelectChoice

from diversion.audit.models import Act
from diversion.community_court.mentors import queries, services
from diversion.community_court.mentors.forms import AssignForm, ContactForm, MentorForm
from diversion.community_court.mentors.models import MentorMatch
from diversion.core import clock, once
from diversion.core.database import db
from diversion.core.tracks import Track
from diversion.participants.access import open_names, visible_to
from diversion.participants.models import Participant
from diversion.participants.queries import numbers_of
from diversion.partners.agencies import queries as agencies
from diversion.partners.agencies.models import MemberKind
from diversion.partners.agencies.services import add_member
from diversion.staff.models import RoleGrant, Staff
from diversion.staff.permissions import Role
from diversion.web.forms import choices

KIND = MemberKind.MENTOR
TRACK = Track.COMMUNITY_COURT


@dataclass(frozen=True)
class MyPerson:
    """Someone a mentor walks with: when they last met and when they meet next."""

    number: str
    name: str
    met_on: date | None
    next_on: date | None
    is_due: bool


def my_people(*, by: Staff, today: date) -> list[MyPerson]:
    """Return the people of the mentor who is signed in. Inside `with reading():`."""
    ids = [match.participant_id for match in queries.people_of(by.id)]
    names = open_names(ids, TRACK, by=by, why=Act.NAMES_SHOWN, about="list:my-people")
    met, planned = queries.last_met(ids), queries.next_planned(ids, today)
    found = [
        MyPerson(number, names[each].short, met.get(each), planned.get(each), each not in planned)
        for each, number in numbers_of(TRACK, ids).items()
        if each in names
    ]
    return sorted(found, key=lambda each: (not each.is_due, each.next_on or today, each.name))


def person_of(match: MentorMatch, *, by: Staff) -> Participant:
    """Return whom a match is about, if `by` may reach them."""
    return db.session.scalars(
        select(Participant).where(
            Participant.id == match.participant_id,
            Participant.track == TRACK,
            Participant.id.in_(visible_to(by, TRACK)),
        )
    ).one()


def mentor_choices(on: date) -> list[SelectChoice]:
    """Offer the mentors with a free place."""
    mentors = agencies.members(KIND, on)
    load = queries.caseload([each.id for each in mentors])
    return choices(
        {
            each.handle: f"{each.name} ({load.get(each.id, 0)}/{each.places})"
            for each in mentors
            if load.get(each.id, 0) < each.places
        }
    )


def account_choices() -> list[SelectChoice]:
    """Offer the accounts of mentors who sign in."""
    accounts = db.session.scalars(
        select(Staff)
        .join(RoleGrant, RoleGrant.staff_id == Staff.id)
        .where(RoleGrant.role == Role.MENTOR, RoleGrant.ended_at.is_(None))
        .order_by(Staff.name)
    )
    return choices({each.handle: each.name for each in accounts})


def match_once(person: Participant, form: AssignForm, *, by: Staff, on: date) -> None:
    hashed = once.request_hash(f"match {person.number}", {"mentor": form.mentor.data})
    if once.claim(form.key, hashed) is None:
        mentor = agencies.member(form.mentor.data)
        services.match(person, mentor, started=not form.as_proposal.data, by=by, on=on)


def log_once(person: Participant, form: ContactForm, *, by: Staff, on: date) -> None:
    """Log what a form says; the same form again is the same contact."""
    asked = {name: form[name].data for name in ("kind", "made", "happened_on", "minutes")}
    if once.claim(form.key, once.request_hash(f"contact {person.number}", asked)) is not None:
        return
    services.log_contact(
        person, form.kind.data, made=form.made.data == "yes", happened_on=form.happened_on.data,
        minutes=form.minutes.data or 0, next_on=form.next_on.data, by=by, on=on, now=clock.now(),
    )  # fmt: skip


def add_mentor(form: MentorForm, *, by: Staff, on: date) -> None:
    account = None
    if form.staff.data:
        account = db.session.scalars(select(Staff).filter_by(handle=form.staff.data)).one()
    add_member(KIND, form.name.data, staff=account, by=by, on=on)
