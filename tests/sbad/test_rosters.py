"""Seats are given to whom they belong, and given back."""

from datetime import date, time, timedelta

import pytest
from sqlalchemy.orm import Session

from diversion.core.database import db
from diversion.core.errors import NotYours
from diversion.core.tracks import Track
from diversion.enrollments.codes import ConditionKind, ExitCode
from diversion.enrollments.conditions.services import add_evidence
from diversion.enrollments.lifecycle.services import close
from diversion.enrollments.models import Enrollment
from diversion.participants.access import visible_to
from diversion.sbad.attendance import certifying
from diversion.sbad.attendance import services as attendance
from diversion.sbad.classes import services as classes
from diversion.sbad.classes.models import ClassSession, ClassState
from diversion.sbad.classes.rules import ClassIsOver
from diversion.sbad.classes.services import EndsTooEarly, InThePast
from diversion.sbad.rosters import needs, queries, rules, services, waiting, walk_ins
from diversion.sbad.rosters.models import Accommodation, Registration, RegistrationState
from diversion.sbad.rosters.reach import people_taught
from diversion.sbad.rosters.rules import (
    ClassIsFull,
    NoSeatHere,
    NotEnrolled,
    SeatElsewhere,
    TwoClasses,
)
from diversion.staff.models import Staff
from tests.factories.sbad import (
    CLASS_DAY,
    at,
    coordinator,
    instructor,
    make_class,
    make_enrolled,
    make_registered,
    make_roster,
)


@pytest.fixture
def rosa(session: Session) -> Staff:
    return coordinator()


@pytest.fixture
def day(rosa: Staff) -> ClassSession:
    return make_class(rosa, capacity=2)


def register(
    day: ClassSession, by: Staff, *people: Enrollment, cleared: bool = True, waiting: bool = False
) -> list[Registration]:
    ids = {each.participant_id for each in people} if cleared else set()
    return services.register(day, people, cleared=ids, waiting=waiting, by=by, now=at(8))


def test_who_is_cleared_is_confirmed_and_who_is_not_has_a_seat_held(
    day: ClassSession, rosa: Staff
) -> None:
    (ready,) = register(day, rosa, make_enrolled(rosa, "Ada", "Wren"))
    (held,) = register(day, rosa, make_enrolled(rosa), cleared=False)
    assert (ready.state, held.state) == (RegistrationState.CONFIRMED, RegistrationState.HELD)
    services.confirm(held, by=rosa)
    assert held.state is RegistrationState.CONFIRMED
    with pytest.raises(rules.NotHeld):
        services.confirm(held, by=rosa)


def test_all_are_registered_or_none(day: ClassSession, rosa: Staff) -> None:
    people = [make_enrolled(rosa, f"Person{n}", "Fictional") for n in range(3)]
    with pytest.raises(ClassIsFull):
        register(day, rosa, *people)
    assert queries.seats([day.id]) == {day.id: (0, 0)}


def test_a_seat_given_back_is_free_for_the_next(day: ClassSession, rosa: Staff) -> None:
    rows = make_roster(day, rosa, 2)
    newcomer = make_enrolled(rosa, "Ada", "Wren")
    with pytest.raises(ClassIsFull):
        register(day, rosa, newcomer)
    services.cancel(rows[0], by=rosa)
    register(day, rosa, newcomer)
    assert queries.seats([day.id]) == {day.id: (2, 0)}


def test_registering_twice_is_one_seat_and_coming_back_is_the_same_row(
    day: ClassSession, rosa: Staff
) -> None:
    person = make_enrolled(rosa)
    (row,) = register(day, rosa, person)
    assert register(day, rosa, person) == []
    services.cancel(row, by=rosa)
    assert register(day, rosa, person) == [row]


def test_the_waiting_list_takes_no_seat_and_leads_to_one(day: ClassSession, rosa: Staff) -> None:
    person = make_enrolled(rosa)
    (row,) = register(day, rosa, person, waiting=True)
    assert queries.seats([day.id]) == {day.id: (0, 1)}
    assert register(day, rosa, person, waiting=True) == []
    register(day, rosa, person)
    assert row.state is RegistrationState.CONFIRMED


def test_nobody_sits_in_two_classes_of_one_day(day: ClassSession, rosa: Staff) -> None:
    person = make_enrolled(rosa)
    register(day, rosa, person)
    other = make_class(rosa)
    with pytest.raises(TwoClasses):
        register(other, rosa, person)
    another = make_class(rosa, held_on=CLASS_DAY + timedelta(days=1))
    with pytest.raises(SeatElsewhere):
        register(another, rosa, person)
    assert register(another, rosa, person, waiting=True)


def test_who_has_had_the_class_gets_no_seat(day: ClassSession, rosa: Staff) -> None:
    person = make_enrolled(rosa)
    add_evidence(person.id, ConditionKind.CLASS, source="test:1", happened_on=CLASS_DAY, by=rosa)
    for in_line in (False, True):
        with pytest.raises(NotEnrolled):
            register(day, rosa, person, waiting=in_line)


def test_a_seat_that_is_gone_is_given_back_by_nobody(day: ClassSession, rosa: Staff) -> None:
    row = make_registered(day, rosa)
    to = make_class(rosa, held_on=CLASS_DAY + timedelta(days=7))
    waiting.move(row, to, by=rosa, on=CLASS_DAY, now=at(9))
    for act in (services.cancel, services.confirm):
        with pytest.raises(NoSeatHere):
            act(row, by=rosa)
    assert row.state is RegistrationState.REBOOKED


def test_what_somebody_needs_goes_along_to_the_next_seat(day: ClassSession, rosa: Staff) -> None:
    row = make_registered(day, rosa)
    needs.say(row, Accommodation.HEARING, by=rosa)
    classes.call_off(day, by=rosa, now=at(8))
    with pytest.raises(ClassIsOver):
        needs.say(row, Accommodation.NONE, by=rosa)
    person = db.session.get_one(Enrollment, row.enrollment_id)
    (again,) = register(make_class(rosa, held_on=CLASS_DAY + timedelta(days=7)), rosa, person)
    assert again.accommodation is Accommodation.HEARING


def test_who_left_the_program_gets_no_seat(day: ClassSession, rosa: Staff) -> None:
    person = make_enrolled(rosa)
    close(person, exit_code=ExitCode.MOVED, by=rosa, on=CLASS_DAY)
    with pytest.raises(NotEnrolled):
        register(day, rosa, person)


def test_a_class_that_is_over_is_left_as_it_was(day: ClassSession, rosa: Staff) -> None:
    row = make_registered(day, rosa)
    attendance.mark_rest(day, "batch", by=rosa, on=CLASS_DAY, now=at(17))
    certifying.finish(day, by=rosa, on=CLASS_DAY, now=at(23))
    for act in (
        lambda: register(day, rosa, make_enrolled(rosa, "Ada", "Wren")),
        lambda: services.cancel(row, by=rosa),
        lambda: walk_ins.note(day, 9, by=rosa, now=at(17)),
        lambda: classes.call_off(day, by=rosa, now=at(17)),
    ):
        with pytest.raises(ClassIsOver):
            act()


def test_who_still_needs_a_class_is_counted_until_seated_or_done(
    session: Session, day: ClassSession, rosa: Staff
) -> None:
    person = make_enrolled(rosa)
    assert queries.count_without_class() == 1
    (row,) = register(day, rosa, person)
    assert queries.count_without_class() == 0
    services.cancel(row, by=rosa)
    assert queries.count_without_class() == 1
    register(day, rosa, person)
    attendance.mark_rest(day, "batch", by=rosa, on=CLASS_DAY, now=at(17))
    certifying.finish(day, by=rosa, on=CLASS_DAY, now=at(23))
    assert queries.count_without_class() == 0


def test_who_was_absent_needs_a_class_again(day: ClassSession, rosa: Staff) -> None:
    row = make_registered(day, rosa)
    attendance.excuse_ahead(row, "excused-ahead-op", by=rosa, now=at(1))
    certifying.finish(day, by=rosa, on=CLASS_DAY, now=at(23))
    assert queries.count_without_class() == 1


def test_a_class_called_off_marks_nobody_and_frees_all(day: ClassSession, rosa: Staff) -> None:
    make_registered(day, rosa)
    classes.call_off(day, by=rosa, now=at(8))
    assert day.state is ClassState.CANCELLED
    assert queries.count_without_class() == 1


def test_a_class_is_planned_ahead_and_ends_after_it_starts(rosa: Staff) -> None:
    with pytest.raises(InThePast):
        make_class(rosa, held_on=date(2025, 1, 1))
    with pytest.raises(EndsTooEarly):
        make_class(rosa, starts=time(17))


def test_an_instructor_reaches_the_people_they_teach_and_not_for_ever(
    session: Session, rosa: Staff
) -> None:
    ben, ana = instructor(), instructor("Ana Ruiz")
    day = make_class(rosa, instructors=[ben])
    row = make_registered(day, rosa)
    assert people_taught(rosa, Track.SBAD) is None
    assert people_taught(ben, Track.COMMUNITY_COURT) is None
    seen = {who.id: set(session.scalars(visible_to(who, Track.SBAD))) for who in (ben, ana)}
    assert seen == {ben.id: {row.participant_id}, ana.id: set()}
    services.cancel(row, by=rosa)
    assert set(session.scalars(visible_to(ben, Track.SBAD))) == set()


def test_a_walk_in_is_settled_once_and_only_by_this_class(day: ClassSession, rosa: Staff) -> None:
    row = make_registered(day, rosa)
    other = make_class(rosa, held_on=CLASS_DAY + timedelta(days=1))
    stranger = make_registered(other, rosa, "Ada", "Wren")
    walk_in = walk_ins.note(day, 31, by=rosa, now=at(17))
    with pytest.raises(NotYours):
        walk_ins.settle(walk_in, stranger, by=rosa, now=at(17))
    walk_ins.settle(walk_in, row, by=rosa, now=at(17))
    with pytest.raises(walk_ins.AlreadySettled):
        walk_ins.settle(walk_in, None, by=rosa, now=at(17))
