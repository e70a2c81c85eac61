"""The docket day's pages: calendar, bench, people, queues; saved row by row, twice is once."""

import re
from collections.abc import Generator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from diversion.community_court.appearances import services
from diversion.community_court.appearances.models import Outcome, Setting
from diversion.community_court.dockets.queries import docket
from diversion.core.database import db, transaction
from diversion.core.tracks import Track
from diversion.participants.models import Participant
from diversion.staff.models import Staff
from diversion.staff.permissions import Role
from tests.factories.community_court import DAY, make_docket, make_people
from tests.factories.participants import make_participant
from tests.factories.staff import make_staff, sign_in
from tests.statements import counted

NOW = datetime(2026, 12, 1, 18, tzinfo=UTC)
LATER = DAY + timedelta(days=28)
KEY = "key-of-one-form-{}"


@dataclass
class Court:
    """A docket day of today, one to come, and who works on it."""

    by: Staff
    docket: str
    following: str
    numbers: list[str]
    settings: list[str]


@pytest.fixture(autouse=True)
def _on_docket_day() -> Generator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def court(app: Flask, client: FlaskClient) -> Court:
    with app.app_context(), transaction():
        by = make_staff(Role.COURT_COORDINATOR)
        docket, following = make_docket(by), make_docket(by, LATER)
        people = make_people(by, 4)
        settings = services.put_on(docket, [each.id for each in people], by=by, now=NOW)
        made = Court(
            by, docket.handle, following.handle, [each.number for each in people],
            [each.handle for each in settings],
        )  # fmt: skip
    sign_in(client, made.by)
    return made


def _bench(court: Court) -> str:
    return f"/court/dockets/{court.docket}/bench"


def _record(client: FlaskClient, setting: str, key: int = 1, **said: str):  # type: ignore[no-untyped-def]
    form = {"op": KEY.format(key), "seen": "", **said}
    return client.post(f"/court/settings/{setting}/outcome", data=form)


def _count(app: Flask, table: type[Outcome] | type[Setting]) -> int:
    with app.app_context():
        return db.session.execute(select(func.count()).select_from(table)).scalar_one()


def _seen(page: str) -> str:
    found = re.search(r'name="seen"[^>]*value="([^"]*)"', page)
    assert found
    return found[1]


def test_the_bench_opens_the_first_row_without_an_outcome(
    client: FlaskClient, court: Court
) -> None:
    page = client.get(_bench(court)).text
    assert page.index("On now") < page.index('mute">To call')
    assert all(number in page for number in court.numbers)
    assert "Record and call" in page


def test_outcome_and_next_date_are_recorded_and_the_next_is_called(
    app: Flask, client: FlaskClient, court: Court
) -> None:
    answer = _record(client, court.settings[0], result="continued", next_day=court.following)
    assert answer.status_code == 303
    assert answer.location.endswith("#now")
    page = client.get(_bench(court)).text
    assert "1 of 4" in page
    assert court.numbers[0] in client.get(f"/court/dockets/{court.following}/bench").text
    assert _count(app, Setting) == 5


def test_the_same_form_twice_is_one_outcome_and_one_date_le_03(
    app: Flask, client: FlaskClient, court: Court
) -> None:
    for _again in range(3):
        answer = _record(client, court.settings[0], result="continued", next_day=court.following)
        assert answer.status_code == 303
    assert (_count(app, Outcome), _count(app, Setting)) == (1, 5)


def test_two_coordinators_and_one_row_lose_nothing_le_04(
    app: Flask, client: FlaskClient, court: Court
) -> None:
    with app.app_context(), transaction():
        other = make_staff(Role.COURT_COORDINATOR, name="Ana Reyes")
    second = app.test_client()
    sign_in(second, other)
    first = _record(client, court.settings[0], 1, result="continued", next_day=court.following)
    assert first.status_code == 303
    late = _record(second, court.settings[0], 2, result="not_here", presence="absent_excused")
    assert late.status_code == 409
    assert "compare both" in late.text
    assert "On record" in late.text
    assert re.search(r'value="not_here"[^>]*checked', late.text)
    assert re.search(r'value="absent_excused" selected', late.text)
    assert _count(app, Outcome) == 1
    knowing = _record(second, court.settings[0], 3, result="not_here", seen=_seen(late.text))
    assert knowing.status_code == 303
    assert _count(app, Outcome) == 2


def test_what_does_not_fit_is_said_beside_its_field_and_kept(
    client: FlaskClient, court: Court
) -> None:
    answer = _record(client, court.settings[1], result="new_terms", response="praise")
    assert answer.status_code == 409
    assert "Choose the next date." in answer.text
    assert re.search(r'value="new_terms"[^>]*checked', answer.text)
    assert 'value="praise" selected' in answer.text
    assert _record(client, court.settings[1], 2).status_code == 422


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("12/25/2026", "The court is closed on this day."),
        ("12/30/2026", "There is no docket on this day."),
        ("11/03/2026", "There is no docket on this day."),
        ("tomorrowish", "is not a date"),
    ],
)
def test_a_next_date_is_a_docket_day(
    client: FlaskClient, court: Court, typed: str, sentence: str
) -> None:
    answer = _record(client, court.settings[0], result="continued", next_on=typed)
    assert answer.status_code in {409, 422}
    assert sentence in answer.text
    assert typed in answer.text


def test_complete_says_what_is_missing(app: Flask, client: FlaskClient, court: Court) -> None:
    answer = _record(client, court.settings[0], result="completed")
    assert answer.status_code == 409
    said = r"Still missing: [^<;]* \(8 of 8\); [^<;]* \(3 of 3\); [^<;]* \(2 of 3\)\."
    assert re.search(said, answer.text)
    assert f'href="/court/participants/{court.numbers[0]}">See what is missing' in answer.text
    assert _count(app, Outcome) == 0


def test_an_outcome_is_taken_back_and_stays_on_record(
    app: Flask, client: FlaskClient, court: Court
) -> None:
    _record(client, court.settings[0], result="not_here")
    page = client.get(f"{_bench(court)}?at={court.settings[0]}").text
    answer = client.post(f"/court/settings/{court.settings[0]}/undo", data={"seen": _seen(page)})
    assert answer.status_code == 303
    assert "0 of 4" in client.get(_bench(court)).text
    assert _count(app, Outcome) == 2


def test_the_docket_ends_when_every_line_has_a_result(client: FlaskClient, court: Court) -> None:
    end = f"/court/dockets/{court.docket}/end"
    assert client.post(end).location.endswith("/bench")
    assert "4 people have no outcome yet." in client.get(_bench(court)).text
    for place, setting in enumerate(court.settings):
        _record(client, setting, place, result="not_reached")
    assert client.post(end).status_code == 303
    assert "ended" in client.get(_bench(court)).text


def test_whoever_did_not_appear_waits_for_the_judge(client: FlaskClient, court: Court) -> None:
    _record(client, court.settings[2], result="not_here")
    page = client.get("/court/missed").text
    assert court.numbers[2] in page
    found = re.search(r"/court/outcomes/([a-z0-9]+)/decision", page)
    assert found
    decided = client.post(found[0], data={"op": KEY.format(9), "decision": "warrant_held"})
    assert decided.status_code == 303
    assert court.numbers[2] not in client.get("/court/missed").text


def test_a_warrant_is_recorded_only_after_a_look_at_the_notice(
    client: FlaskClient, court: Court
) -> None:
    _record(client, court.settings[2], result="not_here")
    found = re.search(r"/court/outcomes/[a-z0-9]+/decision", client.get("/court/missed").text)
    assert found
    form = {"op": KEY.format(9), "decision": "warrant_issued"}
    slip = client.post(found[0], data=form)
    assert (slip.status_code, "Before a warrant, tick" in slip.text) == (409, True)
    assert 'value="warrant_issued" selected' in slip.text
    assert court.numbers[2] in client.get("/court/missed").text
    assert client.post(found[0], data={**form, "notice_arrived": "y"}).status_code == 303
    assert court.numbers[2] not in client.get("/court/missed").text


def test_a_next_date_that_the_person_has_already_is_kept(
    app: Flask, client: FlaskClient, court: Court
) -> None:
    with app.app_context(), transaction():
        number = Participant.number == court.numbers[0]
        person = db.session.scalars(select(Participant.id).where(number)).one()
        services.put_on(docket(court.following), [person], by=court.by, now=NOW)
    said = {"result": "continued", "next_day": court.following}
    assert _record(client, court.settings[0], **said).status_code == 303
    assert _count(app, Setting) == 5
    page = client.get(f"{_bench(court)}?at={court.settings[0]}").text
    assert "12/29" in page or "Dec 29" in page
    undo = f"/court/settings/{court.settings[0]}/undo"
    assert client.post(undo, data={"seen": _seen(page)}).status_code == 303
    assert court.numbers[0] in client.get(f"/court/dockets/{court.following}/bench").text


def test_here_is_ticked_and_taken_away(client: FlaskClient, court: Court) -> None:
    for here in ("1", "0"):
        path = f"/court/settings/{court.settings[0]}/here"
        assert client.post(path, data={"here": here}).status_code == 303
        pressed = "true" if here == "1" else "false"
        assert f'aria-pressed="{pressed}" data-key="h"' in client.get(_bench(court)).text


def test_several_people_are_put_on_a_day_at_once_and_only_once_le_03(
    app: Flask, client: FlaskClient, court: Court
) -> None:
    path = f"/court/dockets/{court.following}/people"
    page = client.get(path).text
    assert all(number in page for number in court.numbers)
    form = {
        "op": KEY.format(5), "people": court.numbers[:3], "starts": "09:30",
        "kind": "status_review",
    }  # fmt: skip
    for _again in range(2):
        assert client.post(path, data=form).status_code == 303
    assert _count(app, Setting) == 7
    assert client.post(path, data={**form, "op": KEY.format(6), "people": []}).status_code == 422


def test_the_calendar_shows_days_holidays_and_nothing_of_anyone(
    client: FlaskClient, court: Court
) -> None:
    page = client.get("/court/dockets?month=2026-12").text
    assert "December 2026" in page
    assert "4 people" in page
    assert "Christmas Day, court closed" in page
    assert "Quill" not in page
    assert client.get("/court/dockets?month=2026-99").status_code == 200


def test_a_docket_day_is_made_once_and_a_closed_day_is_refused(
    app: Flask, client: FlaskClient, court: Court
) -> None:
    page = client.get("/court/dockets/new").text
    found = re.search(r'<option value="([a-z0-9]+)" selected>Room', page)
    assert found
    form = {
        "op": KEY.format(7), "held_on": "12/08/2026", "starts": "13:00", "ends": "15:00",
        "place": found[1], "judge": "A. Okafor", "capacity": "12",
    }  # fmt: skip
    for _again in range(2):
        assert client.post("/court/dockets/new", data=form).status_code == 303
    taken = client.post("/court/dockets/new", data={**form, "op": KEY.format(8)})
    assert (taken.status_code, "This place is not free then." in taken.text) == (409, True)
    closed = {**form, "op": KEY.format(9), "held_on": "12/25/2026"}
    assert "The court is closed on this day." in client.post("/court/dockets/new", data=closed).text


def test_a_deputy_sees_only_whom_they_are_given_and_records_nothing(
    app: Flask, court: Court
) -> None:
    with app.app_context(), transaction():
        deputy = make_staff(Role.DEPUTY_DA, name="Sam Aldous", track=Track.COMMUNITY_COURT)
    other = app.test_client()
    sign_in(other, deputy)
    page = other.get(_bench(court))
    assert page.status_code == 200
    assert not any(number in page.text for number in court.numbers)
    assert "Nobody who is assigned to you is set for this day." in page.text
    assert "0 people" in other.get("/").text
    assert _record(other, court.settings[0], result="not_here").status_code == 404


def test_the_other_side_is_not_there(app: Flask, client: FlaskClient, court: Court) -> None:
    with app.app_context(), transaction():
        other = make_participant(Track.SBAD, "Rowan", "Ashby")
    form = {
        "op": KEY.format(5), "people": [other.number], "starts": "09:30", "kind": "entry"
    }  # fmt: skip
    client.post(f"/court/dockets/{court.following}/people", data=form)
    assert _count(app, Setting) == 4
    assert other.number not in client.get(f"/court/dockets/{court.following}/people").text


def _statements(app: Flask, client: FlaskClient, path: str) -> int:
    client.get(path)
    with counted(app) as seen:
        assert client.get(path).status_code == 200
    return len(seen)


def test_the_number_of_statements_does_not_grow_with_the_docket(
    app: Flask, client: FlaskClient, court: Court
) -> None:
    paths = (
        _bench(court), "/court/dockets?month=2026-12", "/court/missed", "/court/without-date",
        "/court/without-outcome", f"/court/dockets/{court.following}/people", "/",
    )  # fmt: skip
    few = [_statements(app, client, path) for path in paths]
    with app.app_context(), transaction():
        crowd = make_docket(court.by, DAY + timedelta(days=1), capacity=40)
        people = make_people(court.by, 36)
        services.put_on(crowd, [each.id for each in people], by=court.by, now=NOW)
        crowd_handle = crowd.handle
    many = [_statements(app, client, path) for path in paths]
    assert many == few
    of_forty = _statements(app, client, f"/court/dockets/{crowd_handle}/bench")
    assert of_forty <= few[0]


def test_a_decision_without_a_choice_is_asked_for_at_its_row(
    client: FlaskClient, court: Court, app: Flask
) -> None:
    _record(client, court.settings[0], result="not_here")
    _record(client, court.settings[1], key=2, result="not_here")
    with app.app_context():
        handles = list(db.session.scalars(select(Outcome.handle).order_by(Outcome.id)))
    answer = client.post(f"/court/outcomes/{handles[1]}/decision", data={"op": KEY.format(3)})
    assert answer.status_code == 422
    row = answer.text.split(f"/court/outcomes/{handles[1]}/decision")[1]
    assert 'id="decision-err"' in row
    assert answer.text.count('id="decision"') == 1


def test_a_warrant_by_mistake_is_seen_everywhere_until_it_is_withdrawn(
    client: FlaskClient, court: Court
) -> None:
    _record(client, court.settings[2], result="not_here")
    asked = re.search(r"/court/outcomes/[a-z0-9]+/decision", client.get("/court/missed").text)
    assert asked
    said = {"op": KEY.format(9), "decision": "warrant_issued", "notice_arrived": "y"}
    client.post(asked[0], data=said)
    person = f"/court/participants/{court.numbers[2]}"
    places = (_bench(court), _bench(court).replace("bench", "staffing"), person)
    assert all("Warrant Tue, Dec 1" in client.get(each).text for each in places)
    assert court.numbers[2] in client.get("/court/decisions").text
    page = client.get(asked[0]).text
    found = re.search(r"/court/decisions/[a-z0-9]+/withdrawal", page)
    assert found
    assert client.post(found[0], data={}).status_code == 422
    answer = client.post(found[0], data={"why": "recorded_in_error"})
    assert (answer.status_code, answer.location) == (303, asked[0])
    assert not any("Warrant Tue, Dec 1" in client.get(each).text for each in places)
    after = client.get(asked[0]).text
    assert "Recorded in error" in after
    assert "Warrant issued" in after
    assert "Withdrawn: Warrant issued" in client.get(person).text
    assert court.numbers[2] not in client.get("/court/decisions").text
    assert court.numbers[2] in client.get("/court/missed").text
    assert court.numbers[2] in client.get("/").text
    assert client.post(found[0], data={"why": "recorded_in_error"}).status_code == 409
