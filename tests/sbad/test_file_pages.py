"""The people of the class program are listed and found by those who may, and by nobody else."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, select
from sqlalchemy.exc import OperationalError

from diversion.audit import services
from diversion.audit.queries import looks_at
from diversion.core import clock
from diversion.core.database import db, transaction
from diversion.core.tracks import Track
from diversion.enrollments.codes import ConditionKind, ExitCode
from diversion.enrollments.conditions.services import add_evidence
from diversion.enrollments.lifecycle import pauses
from diversion.enrollments.lifecycle import services as lifecycle
from diversion.enrollments.models import Enrollment
from diversion.participants.access import find
from diversion.participants.models import Participant
from diversion.staff.models import Staff
from diversion.staff.permissions import Role
from tests.factories.enrollments import TODAY, make_enrollment
from tests.factories.fees import make_debtor
from tests.factories.participants import make_participant
from tests.factories.sbad import ZONE, make_class, make_registered
from tests.factories.staff import make_staff, sign_in


def test_a_coordinator_sees_the_people_of_the_program(app: Flask, client: FlaskClient) -> None:
    with app.app_context(), transaction():
        nadia = make_staff(Role.SBAD_COORDINATOR, name="Nadia Brook")
        rowan = make_participant(Track.SBAD, first="Rowan", last="Ashby", by=nadia)
        make_participant(Track.COMMUNITY_COURT, first="Juniper", last="Hale")
    sign_in(client, nadia)
    page = client.get("/classes/participants")
    assert page.status_code == 200
    assert "Rowan Ashby" in page.text
    assert rowan.number in page.text
    assert "Hale" not in page.text
    found = client.post("/classes/participants", data={"q": "ashby"})
    assert "Rowan Ashby" in found.text


@pytest.fixture
def nadia(app: Flask, client: FlaskClient) -> Staff:
    with app.app_context(), transaction():
        nadia = make_staff(Role.SBAD_COORDINATOR, name="Nadia Brook")
    sign_in(client, nadia)
    return nadia


def counted(app: Flask, ask: Callable[[], object]) -> int:
    """Return how many statements `ask` sends."""
    seen: list[str] = []

    def note(*parts: Any) -> None:
        seen.append(parts[2])

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        ask()
    finally:
        event.remove(engine, "before_cursor_execute", note)
    return len(seen)


@pytest.mark.parametrize("path", ["participants", "progress", "intakes"])
def test_a_list_asks_as_often_for_forty_as_for_four(
    app: Flask, client: FlaskClient, nadia: Staff, path: str
) -> None:
    def enroll(many: int) -> None:
        with app.app_context(), transaction():
            for n in range(many):
                make_enrollment(make_participant(Track.SBAD, f"P{n}", by=nadia), nadia,
                                active=path != "intakes")  # fmt: skip

    enroll(4)
    client.get(f"/classes/{path}")
    four = counted(app, lambda: client.get(f"/classes/{path}"))
    enroll(36)
    assert counted(app, lambda: client.get(f"/classes/{path}")) == four
    assert client.get(f"/classes/{path}").text.count("P1 Hale") == 2


def test_a_page_asks_as_often_after_a_long_story(
    app: Flask, client: FlaskClient, nadia: Staff
) -> None:
    with app.app_context(), transaction():
        enrollment = make_enrollment(make_participant(Track.SBAD, by=nadia), nadia)
        person = find(client_number(enrollment.participant_id), Track.SBAD, by=nadia)
    at = f"/classes/participants/{person.number}"
    client.get(at)
    few = counted(app, lambda: client.get(at))
    with app.app_context(), transaction():
        again = db.session.get_one(Enrollment, enrollment.id)
        for n in range(20):
            pauses.suspend(again, reason="custody", by=nadia, on=TODAY + timedelta(n))
            pauses.resume(again, by=nadia, on=TODAY + timedelta(n))
    assert counted(app, lambda: client.get(at)) == few
    assert "older entries" in client.get(at).text
    assert client.get(f"{at}?whole=1").text.count("Goes on after a pause") == 20
    assert client.get(f"{at}?show=class").text.count("Goes on after a pause") == 0


def client_number(participant_id: int) -> str:
    asked = select(Participant.number).where(
        Participant.id == participant_id, Participant.track == Track.SBAD
    )
    return db.session.scalars(asked).one()


def test_opening_a_page_is_in_the_log_before_it_is_shown_co_01(
    app: Flask, client: FlaskClient, nadia: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    with app.app_context(), transaction():
        number = make_participant(Track.SBAD, by=nadia).number
    client.get(f"/classes/participants/{number}")
    with app.app_context():
        looked = looks_at(number)
    assert looked[0].act == "file_opened"
    assert looked[0].actor == nadia.id

    def fail(*_rows: object) -> None:
        raise OperationalError("INSERT", {}, Exception("the log is full"))

    monkeypatch.setattr(services, "_write", fail)
    page = client.get(f"/classes/participants/{number}")
    assert page.status_code == 503
    assert "Hale" not in page.text


def test_a_search_finds_by_sound_and_without_accents(
    app: Flask, client: FlaskClient, nadia: Staff
) -> None:
    with app.app_context(), transaction():
        make_participant(Track.SBAD, "Óscar", "O'Brien-Ñandú", by=nadia)
        make_participant(Track.SBAD, "Rowan", "Ashby", by=nadia)
    for asked in ("oscar", "OBRIEN", "nandu", "Oskar"):
        found = client.post("/classes/participants", data={"q": asked})
        assert "One person matches" in found.text
        assert "Óscar O&#39;Brien-Ñandú" in found.text
        assert asked not in found.request.path
    assert "No one matches." in client.post("/classes/participants", data={"q": "zzzz"}).text
    short = client.post("/classes/participants", data={"q": "os"})
    assert "Type at least three letters or digits." in short.text
    assert "Óscar" not in short.text


def test_typing_renews_only_the_list(app: Flask, client: FlaskClient, nadia: Staff) -> None:
    with app.app_context(), transaction():
        make_participant(Track.SBAD, "Rowan", "Ashby", by=nadia)
    part = client.post("/classes/participants", data={"q": "ash"}, headers={"HX-Request": "true"})
    assert "Rowan Ashby" in part.text
    assert "<html" not in part.text


def test_people_are_listed_by_where_they_stand(
    app: Flask, client: FlaskClient, nadia: Staff
) -> None:
    with app.app_context(), transaction():
        make_participant(Track.SBAD, "Fresh", by=nadia)
        make_enrollment(make_participant(Track.SBAD, "Busy", by=nadia), nadia)
        left = make_enrollment(make_participant(Track.SBAD, "Gone", by=nadia), nadia)
        lifecycle.close(left, exit_code=ExitCode.MOVED, by=nadia, on=TODAY)
    shown = {
        group: {name for name in ("Fresh", "Busy", "Gone") if name in _page(client, group)}
        for group in ("all", "intake", "active", "left", "done", "nonsense")
    }
    assert shown == {
        "all": {"Fresh", "Busy", "Gone"}, "intake": {"Fresh"}, "active": {"Busy"},
        "left": {"Gone"}, "done": set(), "nonsense": {"Fresh", "Busy", "Gone"},
    }  # fmt: skip


def _page(client: FlaskClient, group: str) -> str:
    return client.get(f"/classes/participants?status={group}").text


def test_the_other_side_and_what_is_absent_look_the_same(
    app: Flask, client: FlaskClient, nadia: Staff
) -> None:
    with app.app_context(), transaction():
        other = make_participant(Track.COMMUNITY_COURT).number
    absent = client.get("/classes/participants/26-9999-0")
    answer = client.get(f"/classes/participants/{other}")
    assert answer.status_code == absent.status_code == 404
    assert len(answer.data) == len(absent.data)


def test_what_is_missing_is_named_and_only_money_stands_apart(
    app: Flask, client: FlaskClient, nadia: Staff
) -> None:
    with app.app_context(), transaction():
        enrollment = make_enrollment(make_participant(Track.SBAD, by=nadia), nadia)
    assert "The class, one day; The program fee" in client.get("/classes/progress").text
    with app.app_context(), transaction():
        add_evidence(enrollment.id, ConditionKind.CLASS, source="class:q", happened_on=TODAY,
                     by=nadia)  # fmt: skip
    page = client.get("/classes/progress").text
    assert "Only money left" in page
    assert "The class, one day" not in page
    with app.app_context(), transaction():
        add_evidence(enrollment.id, ConditionKind.FEE, source="fee:q", happened_on=TODAY, by=nadia)
    assert "Hale" not in client.get("/classes/progress").text
    assert "Hale" in client.get("/classes/progress?show=met").text


def test_a_class_that_was_called_off_is_no_date_to_come(
    app: Flask, client: FlaskClient, nadia: Staff
) -> None:
    today = clock.today(ZONE)
    with app.app_context(), transaction():
        gone = make_class(nadia, held_on=today + timedelta(days=4))
        seat = make_registered(gone, nadia)
        number = db.session.get_one(Participant, seat.participant_id).number
        handle = gone.handle
    at, day = f"/classes/participants/{number}", f"{today + timedelta(days=4):%b %-d}"
    assert day in client.get(at).text
    why = client.get(f"{at}/completion").text
    assert (day in why, "Taken over as begun" in why) == (True, True)
    client.post(f"/classes/{handle}/cancellation")
    page = client.get(at).text
    assert ("No class day" in page, "Choose a class day" in page) == (True, True)
    assert day not in client.get(f"{at}/completion").text


@pytest.mark.parametrize(("began", "said"), [(0, "Fee due<"), (400, "Fee was due<")])
def test_a_fee_that_is_late_was_due(
    app: Flask, client: FlaskClient, nadia: Staff, began: int, said: str
) -> None:
    with app.app_context(), transaction():
        person, _enrollment = make_debtor(nadia, TODAY - timedelta(days=began))
        number = person.number
    assert said in client.get(f"/classes/participants/{number}").text
