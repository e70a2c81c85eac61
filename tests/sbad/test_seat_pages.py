"""A person's seat is changed on its pages: moved, given up, with what they need written down."""

from datetime import date, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from diversion.core.database import db, transaction
from diversion.core.tracks import Track
from diversion.enrollments.codes import ConditionKind
from diversion.enrollments.lifecycle.endings import give_notice
from diversion.enrollments.models import Enrollment
from diversion.participants.models import Participant
from diversion.sbad.rosters.models import Accommodation, Registration, RegistrationState
from diversion.sbad.rosters.services import register
from diversion.staff.models import Staff
from diversion.staff.permissions import Role
from tests.factories.sbad import at, coordinator, instructor, make_class, make_enrolled, make_roster
from tests.factories.staff import make_staff, sign_in

FAR = date(2099, 1, 3)
S = RegistrationState


@pytest.fixture
def rosa(app: Flask, client: FlaskClient) -> Staff:
    with app.app_context(), transaction():
        rosa = coordinator()
    sign_in(client, rosa)
    return rosa


def seats(app: Flask) -> dict[str, RegistrationState]:
    """Return, by class day, the state of the latest seat."""
    with app.app_context():
        rows = db.session.scalars(select(Registration).order_by(Registration.id)).all()
        return {row.class_session.handle: row.state for row in rows}


def test_someone_is_moved_once_and_a_full_day_is_not_offered(
    app: Flask, client: FlaskClient, rosa: Staff
) -> None:
    with app.app_context(), transaction():
        day, to, full = (
            make_class(rosa, held_on=FAR + timedelta(days=n), capacity=1) for n in range(3)
        )
        make_roster(full, rosa, 1)
        (row,) = make_roster(day, rosa, 1)
        handles, url = (
            (day.handle, to.handle, full.handle),
            f"/classes/{day.handle}/people/{row.handle}",
        )
    here, there, taken = handles
    page = client.get(f"{url}/day").text
    assert (there in page, taken in page) == (True, False)
    assert client.post(f"{url}/day", data={"day": taken}).status_code == 422
    assert client.post(f"{url}/day", data={}).status_code == 422
    moved = client.post(f"{url}/day", data={"day": there})
    assert (moved.status_code, moved.headers["Location"]) == (303, f"/classes/{there}")
    assert seats(app) == {here: S.REBOOKED, there: S.HELD, taken: S.CONFIRMED}
    assert client.post(f"{url}/day", data={"day": there}).status_code in {409, 422}
    client.post(url, data={"act": "cancel"})  # from a page that was open since
    assert seats(app)[here] is S.REBOOKED


def test_what_somebody_needs_stands_on_the_roster_of_the_instructor(
    app: Flask, client: FlaskClient, rosa: Staff
) -> None:
    with app.app_context(), transaction():
        teacher = instructor()
        day = make_class(rosa, held_on=FAR, instructors=[teacher])
        (row,) = make_roster(day, rosa, 1)
        place = f"/classes/{day.handle}"
        url = f"{place}/people/{row.handle}"
    assert client.post(url, data={"act": "need", "need": "a ramp"}).status_code == 404
    assert client.post(url, data={"act": "need", "need": "hearing"}).status_code == 303
    assert f'<option value="{Accommodation.HEARING}" selected>' in client.get(url).text
    sign_in(client, teacher)
    for page in (place, f"{place}/sign-in-sheet"):
        assert "Hearing support" in client.get(page).text
    assert client.post(url, data={"act": "need", "need": "none"}).status_code == 404


def test_whoever_is_put_in_line_where_seats_are_free_gets_one_and_who_is_passed_is_said(
    app: Flask, client: FlaskClient, rosa: Staff
) -> None:
    with app.app_context(), transaction():
        day = make_class(rosa, held_on=FAR, capacity=2)
        first, second = make_enrolled(rosa, "Ada", "Wren"), make_enrolled(rosa, "Bea", "Quill")
        register(day, [first], cleared=(), waiting=True, by=rosa, now=at(8))
        place, late = f"/classes/{day.handle}", second.handle
    assert "Some of these people wait" in client.get(f"{place}/people").text
    sent = {"op": "s" * 24, "people": late, "act": "register"}
    assert client.post(f"{place}/people", data=sent).status_code == 303
    assert "Still on the waiting list, perhaps for longer: 1." in client.get(place).text
    with app.app_context(), transaction():
        third = make_enrolled(rosa, "Cleo", "Marsh").handle
    sent = {"op": "t" * 24, "people": third, "act": "wait"}
    assert client.post(f"{place}/people", data=sent).status_code == 303
    assert "The seat went to the first in line." in client.get(place).text
    assert client.get(f"{place}/people").text.count("Waiting</span>") == 1


@pytest.mark.parametrize("way", ["leaving", "finding"])
def test_whoever_leaves_gives_the_seat_to_the_next_in_line(
    app: Flask, client: FlaskClient, rosa: Staff, way: str
) -> None:
    with app.app_context(), transaction():
        deputy = make_staff(Role.DEPUTY_DA, name="Dana Whitfield")
        day, later = (make_class(rosa, held_on=FAR + timedelta(days=n), capacity=1) for n in (0, 7))
        (row,) = make_roster(day, rosa, 1)
        one = db.session.get_one(Enrollment, row.enrollment_id)
        register(later, [one], cleared=(), waiting=True, by=rosa, now=at(8))
        register(day, [make_enrolled(rosa, "Ada", "Wren")], cleared=(), waiting=True, by=rosa,
                 now=at(8))  # fmt: skip
        number = db.session.get_one(Participant, row.participant_id).number
        if way == "finding":
            give_notice(one, grounds=ConditionKind.CLASS, by=deputy, on=one.entered_on)
    if way == "finding":
        sign_in(client, deputy, track=Track.SBAD)
    sent = {"exit_code": "moved", "finding": "ended"}
    assert client.post(f"/classes/participants/{number}/{way}", data=sent).status_code == 303
    with app.app_context():
        rows = db.session.scalars(select(Registration.state).order_by(Registration.id)).all()
    assert rows == [S.CANCELLED, S.CANCELLED, S.HELD]
