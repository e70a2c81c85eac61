"""Outcomes are added to, take effect, and are corrected without losing what was there."""

from datetime import date, time, timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from diversion.community_court.appearances import deciding, queries, rules, services
from diversion.community_court.appearances.deciding import NotOpen
from diversion.community_court.appearances.effects import DecisionMade, NextDateUsed
from diversion.community_court.appearances.models import (
    Decision,
    Outcome,
    Presence,
    Result,
    Setting,
)
from diversion.community_court.appearances.places import (
    AlreadyThere,
    DayFull,
    DocketEnded,
    TwoPlacesAtOnce,
)
from diversion.community_court.appearances.rules import Said
from diversion.community_court.appearances.services import HasOutcome
from diversion.community_court.dockets import services as dockets
from diversion.community_court.dockets.models import Docket
from diversion.core.tracks import Track
from diversion.enrollments.codes import ConditionKind, EnrollmentState
from diversion.enrollments.conditions.queries import explain
from diversion.enrollments.conditions.services import add_evidence
from diversion.enrollments.lifecycle.rules import NotReady
from diversion.participants.access import visible_to
from diversion.participants.models import Participant
from diversion.staff.models import Staff
from diversion.staff.permissions import Role
from tests.factories.community_court import (
    DAY,
    NOW,
    enrolled,
    history,
    make_docket,
    make_people,
    make_person,
    make_setting,
)
from tests.factories.staff import make_staff

HERE = Presence.IN_PERSON


@pytest.fixture
def by(session: Session) -> Staff:
    return make_staff(Role.COURT_COORDINATOR)


@pytest.fixture
def docket(by: Staff) -> Docket:
    return make_docket(by)


@pytest.fixture
def following(by: Staff) -> Docket:
    return make_docket(by, DAY + timedelta(days=14))


def _record(setting: Setting, said: Said, by: Staff, seen: str = "") -> Outcome:
    return services.record(setting, said, seen=seen, by=by, on=DAY, now=NOW)


def _continued(following: Docket) -> Said:
    return Said(Result.CONTINUED, HERE, following)


def test_continued_sets_the_next_date_and_counts_the_appearance(
    by: Staff, docket: Docket, following: Docket
) -> None:
    person, enrollment = enrolled(by)
    setting = make_setting(by, docket, person)
    made = _record(setting, _continued(following), by)
    (line,) = queries.lines(docket.id, visible_to(by, Track.COMMUNITY_COURT))
    assert (line.outcome, line.result, line.next_on) == (
        made.handle, Result.CONTINUED, following.held_on,
    )  # fmt: skip
    appearance = next(each for each in explain(enrollment) if each.kind is ConditionKind.APPEARANCE)
    assert appearance.done == 1
    (successor,) = queries.lines(following.id, visible_to(by, Track.COMMUNITY_COURT))
    assert successor.participant_id == person.id


def test_whoever_goes_on_needs_a_next_date_and_whoever_is_done_has_none(
    by: Staff, docket: Docket, following: Docket
) -> None:
    setting = make_setting(by, docket)
    with pytest.raises(rules.DateNeeded):
        _record(setting, Said(Result.CONTINUED, HERE), by)
    with pytest.raises(rules.DateNotNeeded):
        _record(setting, Said(Result.COMPLETED, HERE, following), by)
    earlier = make_docket(by, DAY - timedelta(days=7))
    with pytest.raises(rules.NotAfter):
        _record(setting, Said(Result.CONTINUED, HERE, earlier), by)


def test_how_they_appeared_has_to_fit(by: Staff, docket: Docket) -> None:
    setting = make_setting(by, docket)
    with pytest.raises(rules.WasHere):
        _record(setting, Said(Result.NOT_HERE, HERE), by)
    with pytest.raises(rules.WasHere):
        _record(setting, Said(Result.NOT_REACHED, Presence.ABSENT_UNEXCUSED), by)


def test_a_second_outcome_names_the_first_or_is_refused_le_04(
    by: Staff, docket: Docket, following: Docket
) -> None:
    setting = make_setting(by, docket)
    first = _record(setting, _continued(following), by)
    with pytest.raises(rules.SomeoneWasFaster):
        _record(setting, Said(Result.NOT_HERE), by)
    corrected = _record(setting, Said(Result.NOT_HERE), by, seen=first.handle)
    assert corrected.replaces_id == first.id
    assert [row.id for row in history(setting)] == [first.id, corrected.id]
    with pytest.raises(rules.SomeoneWasFaster):
        _record(setting, Said(Result.NOT_REACHED), by, seen=first.handle)


def test_a_correction_frees_the_date_that_the_first_had_set(
    by: Staff, docket: Docket, following: Docket
) -> None:
    person, enrollment = enrolled(by)
    setting = make_setting(by, docket, person)
    first = _record(setting, _continued(following), by)
    _record(setting, Said(Result.NOT_HERE), by, seen=first.handle)
    assert queries.lines(following.id, visible_to(by, Track.COMMUNITY_COURT)) == []
    assert all(each.done == 0 for each in explain(enrollment))


def test_a_date_on_which_something_happened_is_not_taken_away(
    by: Staff, docket: Docket, following: Docket
) -> None:
    setting = make_setting(by, docket)
    first = _record(setting, _continued(following), by)
    assert first.next_setting_id is not None
    successor = queries.setting_for(
        queries.lines(following.id, visible_to(by, Track.COMMUNITY_COURT))[0].handle,
        visible_to(by, Track.COMMUNITY_COURT),
    )
    services.record(
        successor, Said(Result.NOT_REACHED), by=by, on=following.held_on, now=NOW
    )  # fmt: skip
    with pytest.raises(NextDateUsed):
        _record(setting, Said(Result.NOT_HERE), by, seen=first.handle)


def test_what_was_taken_back_is_open_again_and_both_rows_stay(
    by: Staff, docket: Docket, following: Docket
) -> None:
    setting = make_setting(by, docket)
    first = _record(setting, _continued(following), by)
    services.take_back(setting, seen=first.handle, by=by, on=DAY, now=NOW)
    assert queries.open_lines(docket.id) == 1
    again = _record(setting, _continued(following), by)
    assert queries.open_lines(docket.id) == 0
    assert len(history(setting)) == 3
    assert again.replaces_id is not None


def test_nothing_is_taken_back_where_nothing_is(by: Staff, docket: Docket) -> None:
    with pytest.raises(rules.NothingToTakeBack):
        services.take_back(make_setting(by, docket), seen="", by=by, on=DAY, now=NOW)


def test_no_outcome_before_the_day_and_none_off_the_docket(by: Staff, docket: Docket) -> None:
    setting = make_setting(by, docket)
    with pytest.raises(rules.NotYet):
        services.record(
            setting, Said(Result.NOT_HERE), by=by, on=DAY - timedelta(days=1), now=NOW
        )  # fmt: skip
    services.vacate(setting, why="moved", by=by, now=NOW)
    with pytest.raises(rules.OffTheDocket):
        _record(setting, Said(Result.NOT_HERE), by)


def test_complete_waits_for_the_conditions_and_dismiss_follows(
    by: Staff, docket: Docket, following: Docket, session: Session
) -> None:
    person, enrollment = enrolled(by)
    setting = make_setting(by, docket, person)
    with pytest.raises(NotReady), session.begin_nested():
        _record(setting, Said(Result.COMPLETED, HERE), by)
    for kind, quantity in (("counseling", 8), ("mentor_contact", 3), ("appearance", 2)):
        add_evidence(
            enrollment.id, ConditionKind(kind), quantity=quantity, source="test:1",
            happened_on=DAY, by=by,
        )  # fmt: skip
    made = _record(setting, Said(Result.DISMISSED, HERE), by)  # the third appearance counts
    assert enrollment.state is EnrollmentState.DISMISSED
    _record(setting, _continued(following), by, seen=made.handle)
    assert enrollment.state is EnrollmentState.REQUIREMENTS_MET


def test_the_judge_decides_once_about_who_did_not_appear(by: Staff, docket: Docket) -> None:
    scope = visible_to(by, Track.COMMUNITY_COURT)
    setting = make_setting(by, docket)
    made = _record(setting, Said(Result.NOT_HERE, Presence.ABSENT_UNEXCUSED), by)
    assert [line.outcome for line in queries.missed(scope)] == [made.handle]
    deciding.decide(made, Decision.WARRANT_HELD, by=by, on=DAY, now=NOW)
    assert queries.missed(scope) == []
    with pytest.raises(NotOpen):
        deciding.decide(made, Decision.RESET, by=by, on=DAY, now=NOW)
    with pytest.raises(DecisionMade):
        _record(setting, Said(Result.NOT_REACHED), by, seen=made.handle)


def test_a_day_has_only_so_many_places(by: Staff) -> None:
    docket = make_docket(by, capacity=2)
    people = [make_person(by).id for _ in range(3)]
    with pytest.raises(DayFull):
        services.put_on(docket, people, by=by, now=NOW)
    services.put_on(docket, people[:2], by=by, now=NOW)
    with pytest.raises(DayFull):
        services.put_on(docket, people[2:], by=by, now=NOW)


def test_nobody_is_on_a_docket_twice_or_in_two_places_at_once(by: Staff, docket: Docket) -> None:
    person = make_person(by).id
    other = make_docket(by, DAY, time(11), time(13))
    afternoon = make_docket(by, DAY, time(13), time(15))
    services.put_on(docket, [person], by=by, now=NOW)
    with pytest.raises(AlreadyThere):
        services.put_on(docket, [person], by=by, now=NOW)
    with pytest.raises(TwoPlacesAtOnce):
        services.put_on(other, [person], by=by, now=NOW)
    services.put_on(afternoon, [person], by=by, now=NOW)


def test_a_docket_ends_only_when_every_line_has_a_result(
    by: Staff, docket: Docket, following: Docket
) -> None:
    setting = make_setting(by, docket)
    with pytest.raises(dockets.LinesOpen):
        dockets.end(docket, open_lines=queries.open_lines(docket.id), by=by, now=NOW)
    made = _record(setting, _continued(following), by)
    with pytest.raises(HasOutcome):
        services.vacate(setting, why="moved", by=by, now=NOW)
    dockets.end(docket, open_lines=queries.open_lines(docket.id), by=by, now=NOW)
    with pytest.raises(DocketEnded):
        services.put_on(docket, [make_person(by).id], by=by, now=NOW)
    _record(setting, Said(Result.NOT_REACHED), by, seen=made.handle)


def test_people_who_stay_without_a_result_are_listed_the_day_after(
    by: Staff, docket: Docket
) -> None:
    make_setting(by, docket)
    scope = visible_to(by, Track.COMMUNITY_COURT)
    assert queries.without_outcome(DAY, scope) == []
    assert len(queries.without_outcome(DAY + timedelta(days=1), scope)) == 1


def test_counts_of_a_month_are_those_of_its_lines(by: Staff, docket: Docket) -> None:
    people = make_people(by, 3, enrolled=False)
    services.put_on(docket, [each.id for each in people], by=by, now=NOW)
    assert queries.open_counts([docket.id], select(Participant.id)) == {docket.id: 3}
    assert queries.next_dates([people[0].id], date(2026, 11, 1)) == {
        people[0].id: (DAY, docket.starts)
    }


@pytest.mark.parametrize("attack", ["UPDATE outcome SET result = 'held'", "DELETE FROM outcome"])
def test_the_database_refuses_to_edit_an_outcome(
    by: Staff, docket: Docket, session: Session, attack: str
) -> None:
    _record(make_setting(by, docket), Said(Result.NOT_HERE), by)
    with pytest.raises(DatabaseError, match="append-only"), session.begin_nested():
        session.execute(text(attack))


def test_the_database_refuses_a_setting_of_the_other_side_and_a_second_first_outcome(
    by: Staff, docket: Docket, session: Session
) -> None:
    setting = make_setting(by, docket)
    made = _record(setting, Said(Result.NOT_HERE), by)
    copy = (
        "INSERT INTO outcome (handle, setting_id, participant_id, track, result, happened_on,"
        " recorded_at, recorded_by) SELECT 'other', setting_id, participant_id, track, result,"
        " happened_on, recorded_at, recorded_by FROM outcome WHERE id = :id"
    )
    with pytest.raises(DatabaseError), session.begin_nested():
        session.execute(text(copy), {"id": made.id})
    move = text("UPDATE setting SET track = 'sbad' WHERE id = :id")
    with pytest.raises(DatabaseError), session.begin_nested():
        session.execute(move, {"id": setting.id})
