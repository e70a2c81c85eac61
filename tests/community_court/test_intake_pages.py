"""Somebody is taken into Community Court: safe contact first, no money anywhere."""

import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from diversion.core.database import transaction
from diversion.core.tracks import Track
from diversion.participants.assignments import services as assignments
from diversion.participants.assignments.models import Reason
from diversion.participants.models import Participant
from diversion.staff.models import Staff
from diversion.staff.permissions import Role
from diversion.web.calendar import court_today
from tests.factories.enrollments import make_enrollment, make_terms
from tests.factories.participants import make_participant
from tests.factories.staff import make_staff, sign_in

JUNIPER: dict[str, Any] = {
    "first": "Jennifer", "last": "Hale", "preferred": "Juniper", "pronouns": "she/her",
    "birth_date": ["3", "14", "1992"], "language": "es", "source": "advocate", "agency": "",
    "referred_on": "11/12/2026", "op": "k" * 24,
}  # fmt: skip


@pytest.fixture
def rosa(app: Flask, client: FlaskClient) -> Staff:
    with app.app_context(), transaction():
        rosa = make_staff(Role.COURT_COORDINATOR)
        make_terms(rosa)
    sign_in(client, rosa)
    return rosa


def test_an_intake_asks_for_safe_contact_first_and_never_for_money(
    client: FlaskClient, rosa: Staff
) -> None:
    at = client.post("/court/intakes/new", data=JUNIPER).location
    assert client.get(f"{at}/onward").location == f"{at}/contact"
    pages = [client.get(at), client.get(f"{at}/contact")]
    assert "You can skip this." in pages[1].text
    for part, values in (
        ("contact", {"phone": "503-555-0142", "wording": "none", "from_hour": "10",
                     "until_hour": "16", "watched": "y", "no_voicemail": "y"}),
        ("case", {"case_numbers": "26CR60001"}),
        ("decision", {"result": "clear", "decision": "yes"}),
        ("offer", {"answer": "accepted"}),
        ("agreement", {"counsel": "y", "waiver_text": "2026-07", "signed_on": "11/20/2026"}),
    ):  # fmt: skip
        pages.append(client.get(f"{at}/{part}"))
        answer = client.post(f"{at}/{part}", data=values)
        assert answer.status_code == 303, answer.text
    pages.append(client.get(f"{at}/begin"))
    done = client.post(f"{at}/begin")
    person = client.get(done.location)
    for words in (
        "Juniper Hale", "she/her", "Legal name", "call, no texts", "No voicemail.",
        "Phone may be watched.", "Counseling: 0 of 8", "34 years", "Spanish",
    ):  # fmt: skip
        assert words in person.text
    for page in (*pages, person, client.get("/court/progress")):
        assert page.status_code == 200
        assert not re.search(r"\$|\b[Ff]ee\b|payment|owed", page.text)


@pytest.fixture
def juniper(app: Flask, rosa: Staff) -> Participant:
    with app.app_context(), transaction():
        person = make_participant(
            Track.COMMUNITY_COURT, first="Jennifer", preferred="Juniper", by=rosa,
            case_numbers=("26CR60001",),
        )  # fmt: skip
        make_enrollment(person, rosa)
    return person


def seen_by(app: Flask, client: FlaskClient, person: Participant, role: Role) -> str:
    """Return the person's page as somebody sees it who was given the record."""
    with app.app_context(), transaction():
        staff = make_staff(role, name="Carla Voss", track=Track.COMMUNITY_COURT)
        assignments.assign(staff, person, reason=Reason.CASE, starts_on=court_today(), by=staff)
    sign_in(client, staff, track=Track.COMMUNITY_COURT)
    page = client.get(f"/court/participants/{person.number}")
    assert page.status_code == 200
    return page.text


def test_a_mentor_sees_a_short_name_and_how_to_reach_them(
    app: Flask, client: FlaskClient, juniper: Participant
) -> None:
    page = seen_by(app, client, juniper, Role.MENTOR)
    assert "<bdi>Juniper H.</bdi>" in page
    assert "Safe contact" in page
    for hidden in ("Hale", "Jennifer", "26CR60001", "Found eligible", "Counseling", "Who looked"):
        assert hidden not in page


def test_a_deputy_sees_the_case_and_no_phone(
    app: Flask, client: FlaskClient, juniper: Participant
) -> None:
    page = seen_by(app, client, juniper, Role.DEPUTY_DA)
    assert "26CR60001" in page
    assert "Safe contact" not in page
    assert "Who looked" not in page


def test_an_advocate_sees_both_and_changes_neither(
    app: Flask, client: FlaskClient, juniper: Participant
) -> None:
    page = seen_by(app, client, juniper, Role.SYSTEM_ADVOCATE)
    assert "Safe contact" in page
    assert "26CR60001" in page
    assert f"/court/participants/{juniper.number}/contact" not in page
    for path in ("identity", "contact", "looks"):
        assert client.get(f"/court/participants/{juniper.number}/{path}").status_code == 404


def test_the_record_is_corrected_and_the_log_says_that_alone(
    client: FlaskClient, juniper: Participant
) -> None:
    at = f"/court/participants/{juniper.number}"
    form = client.get(f"{at}/identity")
    assert 'value="Jennifer"' in form.text
    answer = client.post(
        f"{at}/identity",
        data={"first": "Jennifer", "last": "O'Brien-Ñandú", "preferred": "", "language": "en"},
    )
    assert answer.location == at
    assert "Jennifer O&#39;Brien-Ñandú" in client.get(at).text
    looks = client.get(f"{at}/looks").text
    assert "Corrected the record" in looks
    assert "Rosa Delgado" in looks
    assert "Ñandú" not in looks


def test_a_record_without_a_name_is_refused_and_stays(
    client: FlaskClient, juniper: Participant
) -> None:
    at = f"/court/participants/{juniper.number}"
    page = client.post(f"{at}/identity", data={"first": "Anna", "last": " "})
    assert page.status_code == 422
    assert 'value="Anna"' in page.text
    assert "Juniper Hale" in client.get(at).text


def test_today_leads_back_to_an_intake_that_was_left(client: FlaskClient, rosa: Staff) -> None:
    at = client.post("/court/intakes/new", data=JUNIPER).location
    today = client.get("/").text
    assert f'href="{at}"' in today
    assert "Juniper" not in today
    assert "Juniper Hale" in client.get("/court/intakes").text


def test_an_address_in_the_middle_of_an_intake_tells_a_stranger_nothing(
    app: Flask, client: FlaskClient, rosa: Staff
) -> None:
    at = client.post("/court/intakes/new", data=JUNIPER).location
    with app.app_context(), transaction():
        other = make_staff(Role.SBAD_COORDINATOR, name="Nadia Brook")
    sign_in(client, other)
    answers = [client.get(path) for path in (at, f"{at}/contact", "/court/intakes/zzzzzzzzzz")]
    assert {answer.status_code for answer in answers} == {404}
    assert len({len(answer.data) for answer in answers}) == 1
