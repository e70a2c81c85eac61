"""Freed seats go to those who wait, in their order; people move between days."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from diversion.core.database import db, transaction
from diversion.enrollments.codes import ExitCode
from diversion.enrollments.lifecycle.services import close
from diversion.enrollments.models import Enrollment
from diversion.sbad.classes.models import ClassSession, ClassState
from diversion.sbad.classes.rules import ClassIsOver
from diversion.sbad.rosters import queries, services, waiting
from diversion.sbad.rosters.models import SEATED, Rebooking, Registration, RegistrationState
from diversion.sbad.rosters.rules import ClassIsFull, InLine, NoSeatHere, next_in_line
from diversion.staff.models import Staff
from tests.factories.sbad import CLASS_DAY, at, coordinator, make_class, make_enrolled, make_roster
from tests.sbad.test_at_once import together

EARLY = date(2026, 10, 1)


@pytest.fixture
def rosa(session: Session) -> Staff:
    return coordinator()


@pytest.fixture
def day(rosa: Staff) -> ClassSession:
    return make_class(rosa, capacity=1)


def wait(day: ClassSession, by: Staff, *names: str, hour: int = 8) -> list[Registration]:
    people = [make_enrolled(by, name, "Fictional") for name in names]
    return services.register(day, people, cleared=(), waiting=True, by=by, now=at(hour))


def give_back(row: Registration, by: Staff, on: date = EARLY) -> list[Registration]:
    return waiting.give_back(row, by=by, on=on, now=at(12))


@given(st.lists(st.booleans(), max_size=8), st.integers(-2, 9))
def test_the_line_keeps_its_order_and_no_seat_is_left_that_somebody_needs(
    needs: list[bool], free: int
) -> None:
    line = [InLine(number, need) for number, need in enumerate(needs)]
    found = next_in_line(line, free)
    assert [each.registration_id for each in found] == sorted(e.registration_id for e in found)
    assert len(found) == min(max(free, 0), sum(needs))
    passed = line[: line.index(found[-1])] if found else []
    assert all(not each.needs or each in found for each in passed)


def test_a_freed_seat_goes_to_the_first_who_still_needs_it(day: ClassSession, rosa: Staff) -> None:
    (seat,) = make_roster(day, rosa, 1)
    left, seated, first, second = (
        *wait(day, rosa, "Ivo"), *wait(day, rosa, "Ada", hour=9),
        *wait(day, rosa, "Bea", hour=10), *wait(day, rosa, "Cleo", hour=11),
    )  # fmt: skip
    close(db.session.get_one(Enrollment, left.enrollment_id), exit_code=ExitCode.MOVED, by=rosa,
          on=EARLY)  # fmt: skip
    other = make_class(rosa, held_on=CLASS_DAY + timedelta(days=7))
    elsewhere = db.session.get_one(Enrollment, seated.enrollment_id)
    services.register(other, [elsewhere], cleared=(), by=rosa, now=at(11))
    assert give_back(seat, rosa) == [first]
    assert first.state is RegistrationState.HELD
    assert {left.state, seated.state, second.state} == {RegistrationState.WAITLISTED}
    assert queries.seats([day.id]) == {day.id: (1, 3)}


def test_on_the_day_itself_a_line_is_told_by_a_person(day: ClassSession, rosa: Staff) -> None:
    (seat,) = make_roster(day, rosa, 1)
    wait(day, rosa, "Ada")
    assert give_back(seat, rosa, on=CLASS_DAY) == []
    day.state = ClassState.REGISTRATION_CLOSED
    assert len(waiting.fill(day, by=rosa, on=EARLY, now=at(12))) == 1


def test_someone_is_moved_with_a_link_and_the_next_in_line_follows(
    day: ClassSession, rosa: Staff
) -> None:
    (seat,) = make_roster(day, rosa, 1)
    (next_one,) = wait(day, rosa, "Ada")
    to = make_class(rosa, held_on=CLASS_DAY + timedelta(days=7), capacity=1)
    with pytest.raises(NoSeatHere):  # where somebody sits already, nobody is moved to
        waiting.move(seat, day, by=rosa, on=EARLY, now=at(12))
    assert seat.is_seated
    assert waiting.move(seat, to, by=rosa, on=EARLY, now=at(12)) == [next_one]
    assert seat.state is RegistrationState.REBOOKED
    made = queries.of_session(to.id)[0]
    link = db.session.scalars(select(Rebooking)).one()
    assert (link.registration_id, link.follows_id) == (made.id, seat.id)
    with pytest.raises(ClassIsFull):
        waiting.move(next_one, to, by=rosa, on=EARLY, now=at(12))
    for where in (day, to):
        with pytest.raises(NoSeatHere):
            waiting.move(seat, where, by=rosa, on=EARLY, now=at(12))


def test_nobody_is_moved_out_of_a_class_that_is_over(day: ClassSession, rosa: Staff) -> None:
    (seat,) = make_roster(day, rosa, 1)
    to = make_class(rosa, held_on=CLASS_DAY + timedelta(days=7))
    day.state = ClassState.CERTIFIED
    with pytest.raises(ClassIsOver):
        waiting.move(seat, to, by=rosa, on=EARLY, now=at(12))


def test_eight_seats_given_back_at_once_are_filled_once_each(app: Flask) -> None:
    with app.app_context(), transaction():
        office = coordinator()
        day = make_class(office, capacity=8)
        seats = [row.id for row in make_roster(day, office, 8)]
        wait(day, office, *(f"Waiting{n}" for n in range(5)))
        office_id, day_id = office.id, day.id

    def free(registration_id: int) -> Callable[[], object]:
        def act() -> object:
            row = db.session.get_one(Registration, registration_id)
            return len(give_back(row, db.session.get_one(Staff, office_id)))

        return act

    assert sorted(map(str, together(app, [free(each) for each in seats]))) == ["0"] * 3 + ["1"] * 5
    with app.app_context():
        rows = select(func.count()).where(Registration.class_session_id == day_id)
        assert db.session.scalar(rows.where(Registration.state.in_(SEATED))) == 5


def test_two_classes_filled_at_one_moment_seat_nobody_twice(app: Flask) -> None:
    with app.app_context(), transaction():
        office = coordinator()
        days = [make_class(office, held_on=CLASS_DAY + timedelta(days=n)) for n in range(6)]
        people = [make_enrolled(office, f"Waiting{n}", "Fictional") for n in range(6)]
        for day in days:
            services.register(day, people, cleared=(), waiting=True, by=office, now=at(8))
        office_id, ids = office.id, [each.id for each in days]

    def fill(day_id: int) -> Callable[[], object]:
        def act() -> object:
            day, by = db.session.get_one(ClassSession, day_id), db.session.get_one(Staff, office_id)
            return len(waiting.fill(day, by=by, on=EARLY, now=at(12)))

        return act

    found = together(app, [fill(each) for each in ids])
    assert sorted(map(str, found)) == ["0"] * 5 + ["6"], found
