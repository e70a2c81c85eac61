"""Today says which rolls are to be finished and which class has a seat left; counts equal rows."""

import re
from datetime import date, datetime, time, timedelta

import pytest
from flask import Flask

from diversion.core import clock
from diversion.core.database import db, transaction
from diversion.sbad.attendance import services as attendance
from diversion.sbad.classes.models import ClassSession, ClassState
from diversion.sbad.rosters import days
from diversion.sbad.rosters import queries as rosters
from diversion.staff.models import Staff
from diversion.staff.permissions import Role
from tests.factories.sbad import (
    ZONE,
    coordinator,
    instructor,
    make_class,
    make_enrolled,
    make_roster,
)
from tests.factories.staff import make_staff, sign_in


@pytest.fixture
def rosa(app: Flask) -> Staff:
    with app.app_context(), transaction():
        return coordinator()


def today_of(app: Flask, staff: Staff) -> str:
    client = app.test_client()
    sign_in(client, staff)
    return client.get("/").get_data(as_text=True)


def plan(rosa: Staff, on: date, people: int = 0, **more: object) -> ClassSession:
    made = make_class(db.session.merge(rosa), held_on=on, **more)  # type: ignore[arg-type]
    make_roster(made, rosa, people)
    return made


def test_rolls_to_finish_wait_for_who_teaches_and_for_the_office(app: Flask, rosa: Staff) -> None:
    past = clock.today(ZONE) - timedelta(days=3)
    with app.app_context(), transaction():
        ben, other, deputy = instructor(), instructor("Ivo Reed"), make_staff(Role.DEPUTY_DA)
        plan(rosa, past, 2, instructors=[ben])
        plan(rosa, past - timedelta(days=9), 1, instructors=[other])
        plan(rosa, past - timedelta(days=20))  # nobody came: there is no roll
        plan(rosa, clock.today(ZONE), 1, instructors=[ben])
        done = plan(rosa, past - timedelta(days=30), 1, instructors=[ben])
        done.state = ClassState.CERTIFIED
    for who, waiting in ((ben, 1), (other, 1), (rosa, 2)):
        page = today_of(app, who)
        assert "Rolls to finish" in page
        client = app.test_client()
        sign_in(client, who)
        rows = client.get("/classes?show=unfinished").get_data(as_text=True)
        assert len(re.findall(r'<th scope="row">', rows)) == waiting
        assert re.search(rf'Rolls to finish <span class="n">{waiting}</span>', rows)
    assert "0 of 2 marked" in today_of(app, ben)
    assert "Rolls to finish" not in today_of(app, deputy)


def test_a_roll_that_is_finished_waits_for_nobody(app: Flask, rosa: Staff) -> None:
    with app.app_context(), transaction():
        made = plan(rosa, clock.today(ZONE) - timedelta(days=1), 1)
        by, now = db.session.merge(rosa), clock.now()
        attendance.mark_rest(made, "rest-of-the-class", by=by, on=clock.today(ZONE), now=now)
        handle = made.handle
    assert "1 of 1 marked" in today_of(app, rosa)
    office = app.test_client()
    sign_in(office, rosa)
    text = office.get(f"/roll/{handle}").get_data(as_text=True)
    sent = {name: re.search(rf'name="{name}" value="([^"]*)"', text)[1] for name in ("op", "seen")}  # type: ignore[index]
    assert office.post(f"/roll/{handle}/finish", data=sent).status_code == 303
    assert "Rolls to finish" not in today_of(app, rosa)


def test_people_without_a_seat_are_led_to_a_class_that_has_one(app: Flask, rosa: Staff) -> None:
    soon, later = clock.today(ZONE) + timedelta(days=2), clock.today(ZONE) + timedelta(days=9)
    with app.app_context(), transaction():
        full = plan(rosa, soon, 1, capacity=1)
        over = plan(rosa, soon)
        over.state = ClassState.CERTIFIED
        make_enrolled(rosa, "Ada", "Wren")
        full, over = full.handle, over.handle
    page = today_of(app, rosa)
    assert "No class to come has a seat left." in page
    assert 'href="/classes/new"' in page
    with app.app_context(), transaction():
        free = plan(rosa, later).handle
    page = today_of(app, rosa)
    assert f'href="/classes/{free}/people"' in page
    assert full not in page
    assert over not in page


def test_a_roll_with_someone_excused_ahead_is_not_begun(app: Flask, rosa: Staff) -> None:
    with app.app_context(), transaction():
        ben = instructor()
        made = plan(rosa, clock.today(ZONE), 2, instructors=[ben])
        row = rosters.of_session(made.id)[0]
        by = db.session.merge(rosa)
        attendance.excuse_ahead(row, "excused-ahead-op", by=by, now=clock.now())
    page = today_of(app, ben)
    assert "1 excused ahead" in page
    assert "Start roll call" in page
    phone = app.test_client()
    sign_in(phone, ben)
    assert "Not taken" in phone.get("/classes").get_data(as_text=True)


def test_nobody_is_led_to_the_class_of_today_once_it_is_over(app: Flask, rosa: Staff) -> None:
    with app.app_context(), transaction():
        made = plan(rosa, clock.today(ZONE))
        morning = datetime.combine(made.held_on, time(10))
        assert days.next_open(morning) is made
        assert days.next_open(morning.replace(hour=16)) is None
