"""Terms may ask for more than one class: whoever had the first still needs a seat in the next."""

from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from diversion.core import clock
from diversion.core.database import db, transaction
from diversion.core.money import Money
from diversion.core.tracks import Track
from diversion.enrollments.codes import ConditionKind
from diversion.enrollments.conditions.models import Condition
from diversion.enrollments.conditions.queries import explain
from diversion.enrollments.conditions.services import excuse, take_back
from diversion.enrollments.models import Enrollment
from diversion.enrollments.terms.services import Term, add_version
from diversion.participants.models import Participant
from diversion.sbad.attendance.certifying import finish
from diversion.sbad.attendance.rules import Mark, Presence
from diversion.sbad.attendance.services import record
from diversion.sbad.rosters import queries
from diversion.sbad.rosters.models import Rebooking, Registration
from diversion.sbad.rosters.rules import NotEnrolled
from diversion.sbad.rosters.services import register
from diversion.staff.models import Staff
from diversion.staff.permissions import Role
from tests.factories.sbad import coordinator, make_class, make_enrolled
from tests.factories.staff import make_staff, sign_in

ZONE = "America/Los_Angeles"
TWO = (Term(ConditionKind.CLASS, "Two class days", 2, "days", 183),)
EACH = (
    Term(ConditionKind.CLASS, "The first class", 1, "day", 90),
    Term(ConditionKind.CLASS, "The second class", 1, "day", 183),
    Term(ConditionKind.FEE, "The program fee", 1, "fee", 183),
)


@pytest.fixture
def rosa(app: Flask) -> Staff:
    with app.app_context(), transaction():
        return coordinator()


def enrolled(rosa: Staff, terms: tuple[Term, ...] = TWO) -> Enrollment:
    """Enroll somebody under terms that ask for two classes."""
    add_version(
        Track.SBAD, terms, in_force_on=date(2022, 1, 1), monitoring_days=183,
        fee=Money(100_000), by=rosa,
    )  # fmt: skip
    return make_enrolled(rosa, "Ada", "Wren")


def attend(enrollment: Enrollment, rosa: Staff, days: int) -> int:
    """Let somebody have attended a class so many days from now; return their seat."""
    held_on = clock.today(ZONE) + timedelta(days=days)
    day = make_class(rosa, held_on=held_on)
    [seat] = register(day, [enrollment], cleared=(), by=rosa, now=clock.now())
    here = Mark(f"op-{day.handle}", seat.handle, Presence.HERE, clock.now())
    record(day, [here], by=rosa, on=held_on, now=clock.now())
    finish(day, by=rosa, on=held_on, now=clock.now())
    return seat.id


def needs(enrollment: Enrollment) -> bool:
    return enrollment.id in set(db.session.scalars(queries.without_class()))


@pytest.mark.parametrize("terms", [TWO, EACH])
def test_whoever_had_one_of_two_classes_needs_a_seat_in_the_next(
    app: Flask, rosa: Staff, terms: tuple[Term, ...]
) -> None:
    with app.app_context(), transaction():
        by = db.session.merge(rosa)
        enrollment = enrolled(by, terms)
        assert needs(enrollment)
        attend(enrollment, by, 1)
        assert needs(enrollment)
        attend(enrollment, by, 2)
        assert not needs(enrollment)
        day = make_class(by, held_on=clock.today(ZONE) + timedelta(days=9))
        with pytest.raises(NotEnrolled):
            register(day, [enrollment], cleared=(), by=by, now=clock.now())


def test_one_more_class_makes_up_for_nothing_and_one_that_was_missed_is_made_up(
    app: Flask, rosa: Staff
) -> None:
    with app.app_context(), transaction():
        by = db.session.merge(rosa)
        enrollment = enrolled(by)
        first = attend(enrollment, by, 1)
        second = attend(enrollment, by, 2)
        assert db.session.get(Rebooking, second) is None
        row = db.session.scalars(
            select(Registration).filter_by(id=second)
        ).one()  # fmt: skip
        take_back(
            enrollment.id, ConditionKind.CLASS, source=f"class:{row.class_session.handle}",
            happened_on=row.class_session.held_on, by=by,
        )  # fmt: skip
        third = attend(enrollment, by, 3)
        made_up = db.session.get_one(Rebooking, third)
        assert made_up.follows_id == second != first


def test_an_excused_class_needs_no_seat_and_takes_nothing_from_the_other(
    app: Flask, rosa: Staff
) -> None:
    with app.app_context(), transaction():
        by = db.session.merge(rosa)
        other = make_staff(Role.DEPUTY_DA, name="Bea Quill")
        enrollment = enrolled(by, EACH)
        conditions = select(Condition).filter_by(enrollment_id=enrollment.id)
        first = db.session.scalars(conditions.order_by(Condition.place)).first()
        assert first is not None
        excuse(first, asked_by=by, by=other, on=clock.today(ZONE))
        assert needs(enrollment)
        attend(enrollment, by, 1)
        assert not needs(enrollment)
        assert [each.met for each in explain(enrollment)] == [True, True, False]


def test_pages_say_that_one_more_class_is_needed_and_from_when_it_can_be(
    app: Flask, rosa: Staff
) -> None:
    with app.app_context(), transaction():
        by = db.session.merge(rosa)
        enrollment = enrolled(by)
        today = clock.today(ZONE)
        for days in (5, 400):
            make_class(by, held_on=today + timedelta(days=days))
        number = db.session.get_one(Participant, enrollment.participant_id).number
    client = app.test_client()
    sign_in(client, rosa)
    why = client.get(f"/classes/participants/{number}/completion").text
    assert f"{today + timedelta(days=400):%B %-d, %Y}" in why
    with app.app_context(), transaction():
        attend(db.session.merge(enrollment), db.session.merge(rosa), 1)
    assert "Took a class, needs one more" in client.get("/classes/seats").text
    page = client.get(f"/classes/participants/{number}").text
    assert "1 of 2" in page
    assert "Choose a class day" in page
