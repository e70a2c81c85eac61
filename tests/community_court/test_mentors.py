"""A match starts, pauses and ends, and is never deleted; reach comes and goes with it."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from diversion.community_court.mentors import queries, services
from diversion.community_court.mentors.models import ContactFact, ContactKind, EndReason, MatchState
from diversion.community_court.mentors.services import (
    AlreadyMatched,
    MentorFull,
    NotYetHappened,
    WrongMatchState,
)
from diversion.core import clock
from diversion.core.errors import NotYours
from diversion.core.tracks import Track
from diversion.enrollments.codes import ConditionKind
from diversion.enrollments.conditions.queries import explain
from diversion.participants import access
from diversion.participants.models import Participant
from diversion.staff.models import Staff
from diversion.staff.permissions import Role
from tests.factories.community_court import enrolled, make_person
from tests.factories.partners import make_mentor
from tests.factories.staff import make_staff

TODAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, 18, tzinfo=UTC)


@pytest.fixture
def by(session: Session) -> Staff:
    return make_staff(Role.COURT_COORDINATOR)


def _log(person: Participant, by: Staff, kind: ContactKind, *, made: bool = True) -> ContactFact:
    return services.log_contact(
        person, kind, made=made, happened_on=TODAY, minutes=45, by=by, on=TODAY, now=NOW
    )


def test_a_mentor_who_signs_in_reaches_the_person_while_the_match_lasts(by: Staff) -> None:
    with clock.standing_at(NOW):
        person = make_person(by)
        staff = make_staff(Role.MENTOR, name="Carla Voss")
        with pytest.raises(NotYours):
            access.find(person.number, Track.COMMUNITY_COURT, by=staff)
        made = services.match(person, make_mentor(by, staff=staff), by=by, on=TODAY)
        assert access.find(person.number, Track.COMMUNITY_COURT, by=staff) is person
        services.end(made, EndReason.FINISHED, by=by, on=TODAY)
        with pytest.raises(NotYours):
            access.find(person.number, Track.COMMUNITY_COURT, by=staff)


def test_a_match_moves_along_its_way_and_stays_on_record(by: Staff) -> None:
    person = make_person(by)
    made = services.match(person, make_mentor(by), started=False, by=by, on=TODAY)
    assert made.state is MatchState.PROPOSED
    services.begin(made, person, by=by, on=TODAY)
    services.pause(made, make_mentor(by, "Ines Bell"), by=by)
    services.begin(made, person, by=by, on=TODAY)
    services.end(made, EndReason.MENTOR_LEFT, by=by, on=TODAY)
    with pytest.raises(WrongMatchState):
        services.begin(made, person, by=by, on=TODAY)
    assert [each.id for each in queries.matches_of(person.id)] == [made.id]
    assert queries.standing_of([person.id]) == {}


def test_a_pair_is_matched_once_and_a_mentor_has_only_so_many_places(by: Staff) -> None:
    mentor = make_mentor(by)
    mentor.places = 1
    person = make_person(by)
    services.match(person, mentor, by=by, on=TODAY)
    with pytest.raises(AlreadyMatched):
        services.match(person, mentor, by=by, on=TODAY)
    with pytest.raises(MentorFull):
        services.match(make_person(by), mentor, by=by, on=TODAY)


def test_a_meeting_that_took_place_counts_and_an_attempt_does_not(by: Staff) -> None:
    person, enrollment = enrolled(by)
    _log(person, by, ContactKind.MEETING)
    tried = _log(person, by, ContactKind.MEETING, made=False)
    _log(person, by, ContactKind.CALL)
    meetings = next(
        each for each in explain(enrollment) if each.kind is ConditionKind.MENTOR_CONTACT
    )
    assert (meetings.done, tried.minutes) == (1, 0)
    assert queries.last_met([person.id]) == {person.id: TODAY}
    assert len(queries.contacts_of(person.id)) == 3


def test_a_contact_of_tomorrow_is_not_logged(by: Staff) -> None:
    with pytest.raises(NotYetHappened):
        services.log_contact(
            make_person(by), ContactKind.CALL, made=True, happened_on=date(2026, 11, 21),
            minutes=5, by=by, on=TODAY, now=NOW,
        )  # fmt: skip


def test_the_database_refuses_to_edit_a_contact(by: Staff, session: Session) -> None:
    _log(make_person(by), by, ContactKind.CALL)
    with pytest.raises(DatabaseError, match="append-only"), session.begin_nested():
        session.execute(text("UPDATE contact_fact SET minutes = 5"))
