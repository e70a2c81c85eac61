"""Class days are planned, filled and shown on their pages."""

import re
from datetime import date, time, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from diversion.core.database import db, transaction
from diversion.partners.venues.models import Compartment, PlaceBooking
from diversion.partners.venues.services import add_place, book
from diversion.sbad.classes.models import ClassSession, ClassState
from diversion.sbad.classes.services import hours
from diversion.sbad.rosters.models import Registration, RegistrationState
from diversion.staff.models import Staff
from diversion.staff.permissions import Role
from diversion.web.calendar import court_today
from tests.factories.sbad import (
    ZONE,
    coordinator,
    instructor,
    make_class,
    make_course,
    make_enrolled,
    make_roster,
)
from tests.factories.staff import make_staff, sign_in
from tests.statements import counted

FAR = date(2099, 1, 3)
KEY = "k" * 24


@pytest.fixture
def rosa(app: Flask) -> Staff:
    with app.app_context(), transaction():
        return coordinator()


@pytest.fixture
def office(client: FlaskClient, rosa: Staff) -> FlaskClient:
    sign_in(client, rosa)
    return client


def planned(app: Flask, rosa: Staff, people: int = 0, **more: object) -> str:
    with app.app_context(), transaction():
        session = make_class(db.session.merge(rosa), **{"held_on": FAR, **more})  # type: ignore[arg-type]
        make_roster(session, rosa, people)
        return session.handle


def states(app: Flask) -> list[RegistrationState]:
    with app.app_context():
        return sorted(db.session.scalars(select(Registration.state)))


def form(**more: str) -> dict[str, str]:
    return {
        "op": KEY, "held_on": "01/03/2099", "starts": "09:00", "ends": "16:00", "capacity": "30",
        "language": "en", **more,
    }  # fmt: skip


def test_a_class_is_planned_from_the_pattern_of_the_latest(
    app: Flask, office: FlaskClient, rosa: Staff
) -> None:
    with app.app_context(), transaction():
        rosa = db.session.merge(rosa)
        course, place = make_course(rosa).handle, add_place("Room 210", "Annex", by=rosa).handle
        teacher = instructor().handle
    sent = form(course=course, place=place, instructors=teacher, capacity="12")
    first = office.post("/classes/new", data=sent)
    assert first.status_code == 303
    assert office.post("/classes/new", data=sent).headers["Location"] == first.headers["Location"]
    page = office.get("/classes/new").get_data(as_text=True)
    assert 'value="12"' in page
    assert re.search(rf'<option value="{place}" selected>', page)
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(ClassSession)) == 1
        assert db.session.scalars(select(PlaceBooking.compartment)).all() == [Compartment.B]


def test_a_room_too_near_another_booking_is_refused_and_nothing_said_of_whose(
    app: Flask, office: FlaskClient, rosa: Staff
) -> None:
    with app.app_context(), transaction():
        rosa = db.session.merge(rosa)
        course = make_course(rosa).handle
        place = add_place("Room 210", "Annex", by=rosa)
        other = add_place("Room 9", "Annex", by=rosa)
        day = date(2099, 1, 3)
        starts_at, ends_at = hours(day, time(7), time(8, 30), ZONE)
        book(other, starts_at, ends_at, compartment=Compartment.A, by=rosa)
        handle = place.handle
    answer = office.post("/classes/new", data=form(course=course, place=handle))
    assert answer.status_code == 409
    assert "This place is not free then." in answer.get_data(as_text=True)
    assert 'value="01/03/2099"' in answer.get_data(as_text=True)


def test_what_cannot_be_is_said_at_its_field(app: Flask, office: FlaskClient, rosa: Staff) -> None:
    with app.app_context(), transaction():
        course = make_course(db.session.merge(rosa)).handle
    for more in ({"held_on": "01/03/2020"}, {"ends": "08:00"}, {"capacity": "0"}, {"starts": "x"}):
        answer = office.post("/classes/new", data=form(course=course, **more))
        assert answer.status_code == 422, more
        assert "Error:" in answer.get_data(as_text=True)


def test_people_are_registered_together_once_and_not_beyond_the_seats(
    app: Flask, office: FlaskClient, rosa: Staff
) -> None:
    handle = planned(app, rosa, capacity=2)
    with app.app_context(), transaction():
        people = [make_enrolled(rosa, f"Person{n}", "Fictional").handle for n in range(3)]
    url = f"/classes/{handle}/people"
    page = office.get(url).get_data(as_text=True)
    assert "2 seats left" in page
    assert page.count('name="people"') == 3
    assert page.index('value="register"') < page.index('value="wait"')  # what Enter presses
    full = office.post(url, data={"op": KEY, "people": people, "act": "register"})
    assert full.status_code == 409
    assert states(app) == []
    sent = {"op": "z" * 24, "people": people[:2], "act": "register"}
    assert [office.post(url, data=sent).status_code for _twice in range(2)] == [303, 303]
    assert states(app) == [RegistrationState.HELD] * 2
    waits = {"op": "w" * 24, "people": people[2:], "act": "wait"}
    assert office.post(url, data=waits).status_code == 303
    assert "Waiting list" in office.get(f"/classes/{handle}").get_data(as_text=True)


def test_someone_unknown_is_not_registered(app: Flask, office: FlaskClient, rosa: Staff) -> None:
    handle = planned(app, rosa)
    url = f"/classes/{handle}/people"
    assert office.post(url, data={"op": KEY, "people": "q8m4x2wkb7"}).status_code == 404
    assert office.post(url, data={"op": KEY}).status_code == 422


def test_a_seat_is_excused_ahead_confirmed_and_given_back(
    app: Flask, office: FlaskClient, rosa: Staff
) -> None:
    handle = planned(app, rosa, people=1)
    with app.app_context():
        row = db.session.scalars(select(Registration.handle)).one()
    url = f"/classes/{handle}/people/{row}"
    assert office.get(url).status_code == 200
    assert office.post(url, data={"act": "excuse"}).status_code == 303
    assert "1</b> excused" in office.get(f"/classes/{handle}").get_data(as_text=True)
    assert office.post(url, data={"act": "cancel"}).status_code == 303
    assert states(app) == [RegistrationState.CANCELLED]
    assert office.post(url, data={"act": "steal"}).status_code == 404


def test_a_class_is_changed_and_called_off(app: Flask, office: FlaskClient, rosa: Staff) -> None:
    handle = planned(app, rosa)
    with app.app_context():
        course = db.session.scalars(select(ClassSession)).unique().one().course.handle
    page = office.get(f"/classes/{handle}/plan").get_data(as_text=True)
    assert 'value="30"' in page
    sent = form(course=course, capacity="8")
    assert office.post(f"/classes/{handle}/plan", data=sent).status_code == 303
    assert office.get(f"/classes/{handle}/cancellation").status_code == 200
    assert office.post(f"/classes/{handle}/cancellation").status_code == 303
    assert office.post(f"/classes/{handle}/cancellation").status_code == 409
    with app.app_context():
        found = db.session.execute(select(ClassSession.capacity, ClassSession.state)).one()
    assert tuple(found) == (8, ClassState.CANCELLED)


def test_the_sheet_to_sign_has_row_numbers_and_no_whole_name_and_no_program(
    app: Flask, office: FlaskClient, rosa: Staff
) -> None:
    handle = planned(app, rosa, people=2)
    page = office.get(f"/classes/{handle}/sign-in-sheet").get_data(as_text=True)
    assert "Person0 F." in page
    assert "Fictional0" not in page
    for title in ("Accountability", "Diversion class", "SBAD", "buyer"):
        assert title.lower() not in page.lower().replace("– diversion", "")


def test_an_instructor_sees_only_the_classes_they_teach_and_no_numbers(
    app: Flask, rosa: Staff
) -> None:
    with app.app_context(), transaction():
        ben = instructor()
    mine = planned(app, rosa, people=1, instructors=[ben])
    other = planned(app, rosa, held_on=FAR + timedelta(days=1))
    phone = app.test_client()
    sign_in(phone, ben)
    page = phone.get("/classes").get_data(as_text=True)
    assert mine in page
    assert other not in page
    page = phone.get(f"/classes/{mine}").get_data(as_text=True)
    assert "Person0 F." in page
    assert "Fictional0" not in page
    assert not re.search(r"[0-9]{2}-[0-9]{4}-[0-9]", page)
    for url in (f"/classes/{mine}/people", "/classes/new", f"/classes/{other}"):
        assert phone.get(url).status_code == 404


def test_today_leads_the_instructor_to_the_roll_in_one_tap(app: Flask, rosa: Staff) -> None:
    with app.app_context(), transaction():
        ben = instructor()
    with app.app_context():
        today = court_today()
    handle = planned(app, rosa, people=2, held_on=today, instructors=[ben])
    phone = app.test_client()
    sign_in(phone, ben)
    page = phone.get("/").get_data(as_text=True)
    assert f'href="/roll/{handle}"' in page
    assert "Start roll call" in page


def test_today_tells_the_coordinator_who_has_no_seat_and_the_count_equals_the_rows(
    app: Flask, office: FlaskClient, rosa: Staff
) -> None:
    handle = planned(app, rosa)
    with app.app_context(), transaction():
        for n in range(3):
            make_enrolled(rosa, f"Person{n}", "Fictional")
    page = office.get("/").get_data(as_text=True)
    assert f"/classes/{handle}/people" in page
    assert '<span class="count">3</span>' in page
    rows = office.get(f"/classes/{handle}/people").get_data(as_text=True)
    assert rows.count('name="people"') == 3


@pytest.mark.parametrize("role", [Role.FINANCE_CLERK, Role.COURT_COORDINATOR, Role.ADMINISTRATOR])
def test_other_roles_find_no_class(app: Flask, rosa: Staff, role: Role) -> None:
    handle = planned(app, rosa, people=1)
    with app.app_context(), transaction():
        staff = make_staff(role)
    other = app.test_client()
    sign_in(other, staff)
    for url in ("/classes", f"/classes/{handle}", f"/classes/{handle}/sign-in-sheet"):
        assert other.get(url).status_code == 404


def test_the_statements_of_class_pages_do_not_grow(
    app: Flask, office: FlaskClient, rosa: Staff
) -> None:
    found = []
    for place, people in enumerate((1, 5)):
        handle = planned(app, rosa, people=people, held_on=FAR + timedelta(days=place))
        pages = (f"/classes/{handle}", "/classes", f"/classes/{handle}/people",
                 f"/classes/{handle}/sign-in-sheet")  # fmt: skip
        office.get(pages[0])
        numbers = []
        for url in pages:
            with counted(app) as statements:
                assert office.get(url).status_code == 200
            numbers.append(len(statements))
        found.append(numbers)
    assert found[0] == found[1]
    assert max(found[0]) <= 35
