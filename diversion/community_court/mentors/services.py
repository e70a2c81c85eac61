"""Match mentors and participants, and log that contacts happened."""

from datetime import date, datetime

from sqlalchemy import select

from diversion.audit.models import Act
from diversion.audit.services import record
from diversion.community_court.mentors import queries
from diversion.community_court.mentors.models import (
    ContactFact,
    ContactKind,
    EndReason,
    MatchState,
    MentorMatch,
)
from diversion.core.database import db
from diversion.core.errors import Refused
from diversion.core.tracks import Track
from diversion.core.words import _
from diversion.enrollments import queries as enrollments
from diversion.enrollments.codes import ConditionKind
from diversion.enrollments.conditions import services as conditions
from diversion.participants.assignments import services as assignments
from diversion.participants.assignments.models import Assignment, Reason
from diversion.participants.models import Participant
from diversion.partners.agencies.models import Member
from diversion.partners.agencies.services import end_member
from diversion.staff.models import Staff

TRACK = Track.COMMUNITY_COURT


class StillMatched(Refused):
    """Nobody loses their mentor by the way: a match ends by itself, with its reason."""

    sentence = _("This mentor walks with somebody. End or hand over the matches first.")


def stop(mentor: Member, *, by: Staff, on: date) -> None:
    """Write down that a mentor stops; what names them keeps the name. Raises StillMatched."""
    if queries.caseload([mentor.id]):
        raise StillMatched
    end_member(mentor, by=by, on=on)


MOVES: dict[MatchState, frozenset[MatchState]] = {
    MatchState.PROPOSED: frozenset({MatchState.ACTIVE, MatchState.ENDED}),
    MatchState.ACTIVE: frozenset({MatchState.PAUSED, MatchState.ENDED}),
    MatchState.PAUSED: frozenset({MatchState.ACTIVE, MatchState.ENDED}),
    MatchState.ENDED: frozenset(),
}


class AlreadyMatched(Refused):
    """A pair is matched once at a time."""

    sentence = _("These two are matched already.")
    field = "mentor"


class MentorFull(Refused):
    """A mentor walks with only so many people."""

    sentence = _("This mentor has no free place.")
    field = "mentor"


class WrongMatchState(Refused):
    """A match moves only along its way."""

    sentence = _("This match has ended or is in another state.")


class NotYetHappened(Refused):
    """A contact is logged once it happened."""

    sentence = _("This day is still to come.")
    field = "happened_on"


def match(
    participant: Participant,
    mentor: Member,
    *,
    started: bool = True,
    is_on_record: bool = False,
    by: Staff,
    on: date,
) -> MentorMatch:
    """Match a participant with a mentor, at once or as a proposal.

    A mentor who signs in gets an assignment, so that they reach the person. What a
    record kept before says (`is_on_record`) is taken as it is, full or not.
    Raises AlreadyMatched, MentorFull.
    """
    if queries.standing_pair(participant.id, mentor.id) is not None:
        raise AlreadyMatched
    if not is_on_record and queries.caseload([mentor.id]).get(mentor.id, 0) >= mentor.places:
        raise MentorFull
    made = MentorMatch(
        participant_id=participant.id, track=TRACK, mentor_id=mentor.id, proposed_on=on,
        state=MatchState.PROPOSED,
    )  # fmt: skip
    made.mentor = mentor
    db.session.add(made)
    db.session.flush()
    numbered = f"participant:{participant.number}"
    record(Act.MATCH_MADE, about(made), numbered, f"member:{mentor.handle}", by=by, track=TRACK)
    if started:
        begin(made, participant, by=by, on=on)
    return made


def begin(found: MentorMatch, participant: Participant, *, by: Staff, on: date) -> None:
    """Start a match that was proposed, or go on after a pause."""
    _move(found, MatchState.ACTIVE, by=by, cover_id=None, started_on=found.started_on or on)
    mentor = db.session.get(Staff, found.mentor.staff_id) if found.mentor.staff_id else None
    if mentor is not None and found.assignment_id is None:
        made = assignments.assign(mentor, participant, reason=Reason.MENTORING, starts_on=on, by=by)
        found.assignment_id = made.id
    db.session.flush()


def pause(found: MentorMatch, cover: Member, *, by: Staff) -> None:
    """Let another mentor cover for a while; who covers is named."""
    _move(found, MatchState.PAUSED, by=by, cover_id=cover.id)


def end(found: MentorMatch, reason: EndReason, *, by: Staff, on: date) -> None:
    """End a match; it stays on record, and the mentor's reach ends with it."""
    _move(found, MatchState.ENDED, by=by, cover_id=None, ended_on=on, end_reason=reason)
    if found.assignment_id is not None:
        assigned = db.session.scalars(
            select(Assignment).where(
                Assignment.id == found.assignment_id,
                Assignment.track == TRACK,
                Assignment.ended_at.is_(None),
            )
        ).one_or_none()
        if assigned is not None:
            assignments.end(assigned, by=by)


def log_contact(
    participant: Participant,
    kind: ContactKind,
    *,
    made: bool,
    happened_on: date,
    minutes: int,
    next_on: date | None = None,
    by: Staff,
    on: date,
    now: datetime,
) -> ContactFact:
    """Write down that a contact happened or was tried. A meeting that took place counts.

    Raises NotYetHappened.
    """
    if happened_on > on:
        raise NotYetHappened
    found = queries.standing_of([participant.id]).get(participant.id)
    fact = ContactFact(
        participant_id=participant.id, track=TRACK, match_id=found.id if found else None,
        kind=kind, made=made, happened_on=happened_on, minutes=minutes if made else 0,
        next_on=next_on, recorded_at=now, recorded_by=by.id,
    )  # fmt: skip
    db.session.add(fact)
    db.session.flush()
    numbered = f"participant:{participant.number}"
    record(Act.CONTACT_LOGGED, f"contact:{fact.handle}", numbered, by=by, track=TRACK)
    enrollment = enrollments.open_of(participant.id)
    if made and kind is ContactKind.MEETING and enrollment is not None:
        conditions.add_evidence(
            enrollment.id, ConditionKind.MENTOR_CONTACT, source=f"contact:{fact.handle}",
            happened_on=happened_on, by=by,
        )  # fmt: skip
    return fact


def about(found: MentorMatch) -> str:
    return f"match:{found.handle}"


def _move(found: MentorMatch, to: MatchState, *, by: Staff, **changes: object) -> None:
    """Step to another state; what belongs to it changes with it, never before or after."""
    if to not in MOVES[found.state]:
        raise WrongMatchState
    found.state = to
    for name, value in changes.items():
        setattr(found, name, value)
    db.session.flush()
    record(Act.MATCH_MOVED, about(found), by=by, track=TRACK, state=to.value)
