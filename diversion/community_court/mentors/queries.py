"""Ask who walks with whom and which contacts happened."""

from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import Select, bindparam, func, select

from diversion.community_court.mentors.models import ContactFact, MentorMatch
from diversion.core.among import among
from diversion.core.database import db, tuples
from diversion.core.finding import the_one
from diversion.partners.agencies.models import Member


def standing_pair(participant_id: int, mentor_id: int) -> MentorMatch | None:
    return db.session.scalars(
        select(MentorMatch).where(
            MentorMatch.participant_id == participant_id,
            MentorMatch.mentor_id == mentor_id,
            MentorMatch.ended_on.is_(None),
        )
    ).one_or_none()


def standing_of(participant_ids: Iterable[int]) -> dict[int, MentorMatch]:
    """Return the match of each of these people that has not ended; the latest, if several."""
    rows = db.session.scalars(_STANDING, {"ids": list(participant_ids)})
    return {row.participant_id: row for row in rows}


_STANDING = (
    select(MentorMatch)
    .where(
        among(MentorMatch.participant_id),
        MentorMatch.ended_on.is_(None),
    )
    .order_by(MentorMatch.id)
)


def mentor_of(participant_id: int) -> str:
    """Return the name of a person's mentor, the latest if several; empty without one."""
    found = tuples(_MENTOR, {"participant_id": participant_id})
    return found[0][0] if found else ""


_MENTOR = (
    select(Member.name)
    .join(MentorMatch, MentorMatch.mentor_id == Member.id)
    .where(
        MentorMatch.participant_id == bindparam("participant_id"),
        MentorMatch.ended_on.is_(None),
    )
    .order_by(MentorMatch.id.desc())
    .limit(1)
)


def matches_of(participant_id: int) -> Sequence[MentorMatch]:
    """Return all matches of a person, ended ones too, the latest first."""
    return db.session.scalars(
        select(MentorMatch)
        .where(MentorMatch.participant_id == participant_id)
        .order_by(MentorMatch.id.desc())
    ).all()


def match_for(handle: str, scope: Select[int]) -> MentorMatch:
    return the_one(
        select(MentorMatch).where(
            MentorMatch.handle == handle, MentorMatch.participant_id.in_(scope)
        )
    )


def caseload(mentor_ids: Iterable[int]) -> dict[int, int]:
    """Return with how many people each of these mentors walks."""
    rows = db.session.execute(
        select(MentorMatch.mentor_id, func.count().label("people"))
        .where(MentorMatch.mentor_id.in_(list(mentor_ids)), MentorMatch.ended_on.is_(None))
        .group_by(MentorMatch.mentor_id)
    )
    return {row.mentor_id: row.people for row in rows}


def people_of(staff_id: int) -> Sequence[MentorMatch]:
    """Return the matches of the mentor who signs in as this staff member."""
    return db.session.scalars(
        select(MentorMatch)
        .join(Member, Member.id == MentorMatch.mentor_id)
        .where(Member.staff_id == staff_id, MentorMatch.ended_on.is_(None))
        .order_by(MentorMatch.id)
    ).all()


def contacts_of(participant_id: int) -> Sequence[ContactFact]:
    """Return the contacts of a person, the latest first."""
    return db.session.scalars(_CONTACTS, {"participant_id": participant_id}).all()


_CONTACTS = (
    select(ContactFact)
    .where(ContactFact.participant_id == bindparam("participant_id"))
    .order_by(ContactFact.happened_on.desc(), ContactFact.id.desc())
)


def last_met(participant_ids: Iterable[int]) -> dict[int, date]:
    """Return when a contact with each of these people last took place."""
    rows = db.session.execute(
        select(ContactFact.participant_id, func.max(ContactFact.happened_on).label("last_on"))
        .where(ContactFact.participant_id.in_(list(participant_ids)), ContactFact.made)
        .group_by(ContactFact.participant_id)
    )
    return {row.participant_id: row.last_on for row in rows}


def next_planned(participant_ids: Iterable[int], after: date) -> dict[int, date]:
    """Return the next contact that was planned for each of these people."""
    rows = db.session.execute(
        select(ContactFact.participant_id, func.min(ContactFact.next_on).label("next_on"))
        .where(ContactFact.participant_id.in_(list(participant_ids)), ContactFact.next_on >= after)
        .group_by(ContactFact.participant_id)
    )
    return {row.participant_id: row.next_on for row in rows}
