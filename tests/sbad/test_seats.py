"""Who still needs a seat is found, and for whom none is left in time on the day it becomes so."""

import re
from datetime import date, timedelta
from itertools import permutations

import pytest
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from diversion.core import clock
from diversion.core.database import db, transaction
from diversion.enrollments.conditions.models import Condition
from diversion.enrollments.models import Enrollment
from diversion.participants.models import Participant
from diversion.sbad.attendance import certifying
from diversion.sbad.attendance import services as attendance
from diversion.sbad.attendance.rules import Mark, Presence
from diversion.sbad.classes import services as classes
from diversion.sbad.classes.models import ClassSession
from diversion.sbad.rosters.models import Registration
from diversion.sbad.seats.rules import Danger, Free, Wanting, in_danger
from diversion.staff.models import Staff
from tests.factories.sbad import ZONE, coordinator, make_class, make_enrolled, make_registered
from tests.factories.staff import sign_in
from tests.statements import counted

ON = date(2026, 11, 1)
DAYS = st.integers(0, 6).map(lambda days: ON + timedelta(days=days))


def most_placed(people: list[Wanting], days: list[date]) -> int:
    """Return, by trying every order, how many people can have a seat in time."""
    best = 0
    for order in permutations(days):
        placed = sum(p.until is not None and p.until >= d for p, d in zip(people, order))  # noqa: B905 (as many as fit)
        best = max(best, placed)
    return best


@settings(max_examples=60)
@given(st.lists(DAYS, max_size=4), st.lists(DAYS, min_size=4, max_size=4))
def test_as_many_as_possible_have_a_seat_in_time(untils: list[date], seats: list[date]) -> None:
    people = [Wanting(number, until) for number, until in enumerate(untils)]
    found = in_danger(people, [Free(day, 1) for day in seats], ON)
    assert len(people) - len(found) == most_placed(people, seats)
    for each in people:
        none_left = min(seats) > each.until  # type: ignore[operator]
        assert (found.get(each.enrollment_id) is Danger.NO_SEAT) == none_left


def test_a_seat_in_time_is_safe_and_a_seat_too_late_is_not() -> None:
    until = ON + timedelta(days=3)
    people = [
        Wanting(1, until, until), Wanting(2, until, until + timedelta(days=1)), Wanting(3, None),
        Wanting(4, ON - timedelta(days=1)),
    ]  # fmt: skip
    assert in_danger(people, [], ON) == {2: Danger.NO_SEAT, 4: Danger.OVER}
    assert in_danger(people, [Free(until, 1)], ON) == {4: Danger.OVER}


def test_whoever_speaks_the_language_of_a_class_needs_a_seat_there() -> None:
    until = ON + timedelta(days=9)
    spoken = ("es", "es", "en", "ru")  # nothing is held in the last one
    people = [Wanting(n, until, None, language) for n, language in enumerate(spoken)]

    def found(english: int, spanish: int) -> dict[int, Danger]:
        return in_danger(people, [Free(ON, english), Free(ON, spanish, "es")], ON)

    assert found(2, 2) == {}
    assert found(1, 9) == {3: Danger.TOO_FEW}
    assert found(3, 1) == {1: Danger.LANGUAGE}
    assert found(2, 0) == {0: Danger.NO_SEAT, 1: Danger.NO_SEAT}


@pytest.fixture
def rosa(app: Flask) -> Staff:
    with app.app_context(), transaction():
        return coordinator()


def due(enrollment: Enrollment, on: date) -> Enrollment:
    """Let somebody's class be due on a day."""
    query = select(Condition).filter_by(enrollment_id=enrollment.id)
    for condition in db.session.scalars(query):
        condition.due_on = on
    enrollment.monitored_until_on = on
    return enrollment


def test_the_radar_finds_people_on_the_day_the_last_seat_is_gone(app: Flask, rosa: Staff) -> None:
    today = clock.today(ZONE)
    with app.app_context(), transaction():
        by = db.session.merge(rosa)
        day = make_class(by, held_on=today + timedelta(days=5), capacity=1)
        late = make_class(by, held_on=today + timedelta(days=30), capacity=9)
        due(make_enrolled(by, "Ada", "Wren"), today + timedelta(days=9))
        handles = day.handle, late.handle
    client = app.test_client()
    sign_in(client, rosa)
    assert "No seat in time" not in client.get("/").text
    with app.app_context(), transaction():
        day = db.session.scalars(select(ClassSession).filter_by(handle=handles[0])).unique().one()
        make_registered(day, db.session.merge(rosa), "Bea", "Quill")
    assert "/classes/seats?show=danger" in client.get("/").text
    page = client.get("/classes/seats?show=danger").text
    assert "Ada Wren" in page
    assert "No seat before the last day" in page
    assert f'href="/classes/{handles[0]}/plan"' in page  # add seats
    assert f'href="/classes/{handles[1]}' not in page  # too late for everyone
    assert 'href="/classes/new"' in page
    person = re.findall(r'name="people" value="([^"]+)"', page)
    sent = {"op": "s" * 24, "people": person, "day": handles[0], "act": "register"}
    assert client.post("/classes/seats?show=danger", data=sent).status_code == 409
    wait = {**sent, "op": "t" * 24, "act": "wait"}
    assert client.post("/classes/seats?show=danger", data=wait).status_code == 303
    assert "Waits for" in client.get("/classes/seats?show=danger").text


def test_who_was_absent_excused_or_lost_the_class_is_rebooked_ten_at_once(
    app: Flask, rosa: Staff
) -> None:
    today = clock.today(ZONE)
    with app.app_context(), transaction():
        by = db.session.merge(rosa)
        past = make_class(by, held_on=today - timedelta(days=7))
        rows = [make_registered(past, by, f"Person{n}", "Fictional") for n in range(8)]
        values = [Presence.ABSENT, Presence.EXCUSED, Presence.LEFT_EARLY, Presence.REMOVED] * 2
        marks = [
            Mark(f"operation-{n}-of-the-roll", row.handle, value, clock.now(),
                 minutes=90 if value is Presence.LEFT_EARLY else None)
            for n, (row, value) in enumerate(zip(rows, values, strict=True))
        ]  # fmt: skip
        attendance.record(past, marks, by=by, on=today, now=clock.now())
        certifying.finish(past, by=by, on=today, now=clock.now())
        gone = make_class(by, held_on=today + timedelta(days=3))
        for n in range(2):
            make_registered(gone, by, f"Late{n}", "Fictional")
        classes.call_off(gone, by=by, now=clock.now())
        target = make_class(by, held_on=today + timedelta(days=20), capacity=10).handle
        seated = make_enrolled(by, "Never", "Seated")
        never = db.session.get_one(Participant, seated.participant_id).number
    client = app.test_client()
    sign_in(client, rosa)
    assert '<span class="count">10</span>' in client.get("/").text
    with counted(app) as statements:
        page = client.get("/classes/seats?show=again").text
    assert len(statements) <= 40
    for words in ("Was not there", "Was excused", "Was there in part", "was called off"):
        assert words in page
    assert "Never Seated" not in page
    alone = client.get(f"/classes/seats?person={never}").text
    assert len(re.findall(r'name="people" value="[^"]+" checked', alone)) == 1
    assert "Never Seated" in alone
    assert "Person1 Fictional" not in alone
    people = re.findall(r'name="people" value="([^"]+)"', page)
    sent = {"op": "s" * 24, "people": people, "day": target, "act": "register"}
    assert [client.post("/classes/seats", data=sent).status_code for _ in "12"] == [303, 303]
    with counted(app) as fewer:
        assert "No one here" in client.get("/classes/seats?show=again").text
    assert len(statements) - len(fewer) <= 8
    with app.app_context():
        session = select(ClassSession.id).filter_by(handle=target).scalar_subquery()
        rows_of = select(Registration).where(Registration.class_session_id == session)
        assert len(db.session.scalars(rows_of).all()) == 10
