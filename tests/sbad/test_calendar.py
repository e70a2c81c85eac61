"""Class days go from draft to open and closed, to other days, and serve as a pattern."""

import re
from datetime import date, time, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from diversion.core.database import db, transaction
from diversion.partners.venues.models import Compartment, PlaceBooking
from diversion.partners.venues.rules import PlaceNotFree
from diversion.partners.venues.services import add_place, book
from diversion.sbad.attendance import queries as marks
from diversion.sbad.attendance import services as attendance
from diversion.sbad.calendar import services
from diversion.sbad.calendar.rules import Every, NotYetWhole, repeated
from diversion.sbad.classes import services as classes
from diversion.sbad.classes.models import ClassSession, ClassState
from diversion.sbad.classes.rules import MOVES, WrongClassState
from diversion.sbad.rosters import queries as rosters
from diversion.sbad.rosters.rules import RegistrationNotOpen, TwoClasses
from diversion.sbad.rosters.services import register
from diversion.staff.models import Staff
from tests.factories.sbad import (
    CLASS_DAY,
    ZONE,
    at,
    coordinator,
    instructor,
    make_class,
    make_enrolled,
    make_registered,
)
from tests.factories.staff import sign_in

EARLY = date(2026, 10, 1)


@pytest.fixture
def rosa(session: Session) -> Staff:
    return coordinator()


def test_a_class_that_is_over_goes_nowhere_and_every_other_ends_so() -> None:
    assert {state for state, after in MOVES.items() if not after} == {
        ClassState.CERTIFIED, ClassState.CANCELLED,
    }  # fmt: skip
    assert all(ClassState.DRAFT not in after for after in MOVES.values())


@given(st.dates(date(2026, 1, 1), date(2040, 1, 1)), st.sampled_from(Every), st.integers(1, 12))
def test_a_pattern_keeps_the_weekday_and_goes_on(first: date, every: Every, count: int) -> None:
    days = repeated(first, every, count)
    assert len(days) == count
    assert {each.weekday() for each in days} == {first.weekday()}
    gaps = [(b - a).days for a, b in zip([first, *days], days, strict=False)]
    assert set(gaps) <= {Every.WEEK: {7}, Every.TWO_WEEKS: {14}}.get(every, {28, 35})


def test_a_draft_takes_nobody_until_it_is_whole_and_open(rosa: Staff) -> None:
    day, person = make_class(rosa), make_enrolled(rosa)
    day.state = ClassState.DRAFT
    with pytest.raises(RegistrationNotOpen):
        register(day, [person], cleared=(), by=rosa, now=at(8))
    with pytest.raises(NotYetWhole):
        services.open_registration(day, by=rosa, on=EARLY)
    day.place, day.instructors = add_place("Room 3", "Annex", by=rosa), [instructor()]
    with pytest.raises(classes.InThePast):
        services.open_registration(day, by=rosa, on=CLASS_DAY + timedelta(days=1))
    day.state = ClassState.DRAFT
    services.open_registration(day, by=rosa, on=EARLY)
    assert register(day, [person], cleared=(), by=rosa, now=at(8))
    services.close_registration(day, by=rosa)
    with pytest.raises(RegistrationNotOpen):
        register(day, [make_enrolled(rosa, "Ada", "Wren")], cleared=(), by=rosa, now=at(8))
    with pytest.raises(WrongClassState):
        services.close_registration(day, by=rosa)


def test_everyone_keeps_the_seat_on_the_new_day_and_the_room_is_booked_for_it(
    session: Session, rosa: Staff
) -> None:
    day = make_class(rosa, place=add_place("Room 3", "Annex", by=rosa))
    row, before = make_registered(day, rosa), day.handle
    attendance.excuse_ahead(row, "excused-ahead-op", by=rosa, now=at(1))
    to = CLASS_DAY + timedelta(days=7)
    services.move_day(day, to, zone=ZONE, by=rosa, on=EARLY, now=at(2))
    assert (day.held_on, day.handle[:10]) == (to, to.isoformat())
    assert day.handle != before
    assert [seat.id for seat in rosters.roster(day.id)] == [row.id]
    assert marks.current_one(row.id).is_blank
    released = select(PlaceBooking.released_at).order_by(PlaceBooking.id)
    assert [each is None for each in session.scalars(released)] == [False, True]


def test_a_class_is_not_moved_where_it_cannot_be_held(rosa: Staff) -> None:
    room = add_place("Room 3", "Annex", by=rosa)
    day, to = make_class(rosa, place=room), CLASS_DAY + timedelta(days=7)
    row = make_registered(day, rosa)
    starts, ends = classes.hours(to, time(16, 30), time(18), ZONE)
    taken = book(room, starts, ends, compartment=Compartment.A, by=rosa)
    how = {"zone": ZONE, "by": rosa, "on": EARLY, "now": at(2)}
    with pytest.raises(PlaceNotFree, match=re.escape("This place is not free then.")):
        services.move_day(day, to, **how)
    taken.released_at = at(1)
    other = make_class(rosa, held_on=to + timedelta(days=1))
    person = rosters.of_session(day.id)[0]
    assert person is row
    other_row = make_registered(other, rosa, "Ada", "Wren")
    other_row.participant_id, other_row.enrollment_id = row.participant_id, row.enrollment_id
    with pytest.raises(TwoClasses):
        services.move_day(day, to + timedelta(days=1), **how)
    with pytest.raises(classes.InThePast):
        services.move_day(day, EARLY - timedelta(days=1), **how)
    day.state = ClassState.IN_PROGRESS
    with pytest.raises(WrongClassState):
        services.move_day(day, to, **how)


def test_copies_are_drafts_and_all_are_made_or_none(rosa: Staff) -> None:
    room = add_place("Room 3", "Annex", by=rosa)
    day = make_class(rosa, place=room, instructors=[instructor()], capacity=12)
    days = repeated(day.held_on, Every.MONTH, 2)
    made = services.make_copies(day, days, zone=ZONE, by=rosa, on=EARLY)
    assert [(each.held_on, each.state, each.capacity) for each in made] == [
        (date(2026, 12, 19), ClassState.DRAFT, 12), (date(2027, 1, 16), ClassState.DRAFT, 12),
    ]  # fmt: skip
    assert all(each.booking_id and each.instructors == day.instructors for each in made)
    with pytest.raises(PlaceNotFree, match="12/19/2026"):
        services.make_copies(day, days, zone=ZONE, by=rosa, on=EARLY)


def test_a_class_is_moved_repeated_opened_and_closed_on_its_pages(
    app: Flask, client: FlaskClient
) -> None:
    with app.app_context(), transaction():
        by = coordinator()
        room = add_place("Room 3", "Annex", by=by)
        far = date(2099, 1, 3)
        handle = make_class(by, held_on=far, place=room, instructors=[instructor()]).handle
    sign_in(client, by)
    sent = {"op": "m" * 24, "held_on": "01/10/2099"}
    found = [client.post(f"/classes/{handle}/day", data=sent).location for _twice in range(2)]
    assert found[0] == found[1]
    assert found[0].startswith("/classes/2099-01-10-")
    more = {"op": "c" * 24, "every": "month", "count": "2"}
    assert client.get(f"{found[0]}/copies").status_code == 200
    assert [client.post(f"{found[0]}/copies", data=more).status_code for _ in "12"] == [303, 303]
    assert client.post(f"{found[0]}/copies", data={**more, "op": "d" * 24}).status_code == 409
    for act, state in (("close", "Registration closed"), ("open", "Open"), ("steal", "")):
        answer = client.post(f"{found[0]}/registration", data={"act": act})
        assert answer.status_code == (303 if state else 404)
        assert state in client.get(found[0]).text
    with app.app_context():
        held = db.session.execute(select(ClassSession.held_on, ClassSession.state))
        assert sorted(map(tuple, held)) == [
            (date(2099, 1, 10), ClassState.OPEN), (date(2099, 2, 14), ClassState.DRAFT),
            (date(2099, 3, 14), ClassState.DRAFT),
        ]  # fmt: skip
