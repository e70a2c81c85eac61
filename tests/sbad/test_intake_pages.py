"""Somebody is taken into the class program page by page, without a script."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select, update
from werkzeug.test import TestResponse

from diversion.core.database import db, transaction
from diversion.core.tracks import Track
from diversion.enrollments.codes import EnrollmentState
from diversion.enrollments.models import Enrollment
from diversion.enrollments.referrals.models import Referral
from diversion.enrollments.terms.models import ProgramVersion
from diversion.fees.queries import owed_by
from diversion.participants.access import find
from diversion.participants.assignments.models import Reason
from diversion.participants.assignments.services import assign
from diversion.participants.models import Participant
from diversion.partners.agencies.models import OrganizationKind
from diversion.staff.models import Staff
from diversion.staff.permissions import Role
from diversion.web.calendar import court_today
from tests.factories.enrollments import make_terms
from tests.factories.participants import make_participant
from tests.factories.partners import make_organization
from tests.factories.staff import make_staff, sign_in

STRANGE = ("O'Brien-Ñandú", "<script>alert(1)</script>", "שלום עולם", "Q" * 100)


@pytest.fixture
def nadia(app: Flask, client: FlaskClient) -> Staff:
    with app.app_context(), transaction():
        nadia = make_staff(Role.SBAD_COORDINATOR, name="Nadia Brook")
        make_terms(nadia)
    sign_in(client, nadia)
    return nadia


def typed(**changes: Any) -> dict[str, Any]:
    return {
        "op": "k" * 24, "first": "Rowan", "last": "Ashby", "preferred": "", "middle": "",
        "pronouns": "", "birth_date": ["3", "14", "1990"], "language": "en", "source": "police",
        "agency": "", "referred_on": "11/12/2026", **changes,
    }  # fmt: skip


def begun(client: FlaskClient, **changes: Any) -> str:
    answer = client.post("/classes/intakes/new", data=typed(**changes))
    assert answer.status_code == 303, answer.text
    return str(answer.location)


def test_an_intake_leads_from_the_referral_into_the_program(
    app: Flask, client: FlaskClient, nadia: Staff
) -> None:
    at = begun(client)
    number = _number(client.get(at))

    def post(part: str, **values: Any) -> TestResponse:
        answer = client.post(f"{at}/{part}", data=values)
        assert answer.status_code == 303, answer.text
        return answer

    assert "Opens later" in client.get(at).text
    post("contact", phone="503-555-0142", wording="discreet", from_hour="9", until_hour="12")
    post("case", case_numbers="26CR001, 26CR002", police_numbers="")
    assert client.get(f"{at}/onward").location == f"{at}/check"
    post("check", result="clear")
    post("review", decision="yes", first_time="yes")
    assert "$1,000.00" in client.get(f"{at}/offer").text
    post("offer", answer="accepted")
    post("agreement", counsel="y", waiver_text="2026-07", signed_on="11/20/2026")
    assert "Begin the program" in client.get(f"{at}/begin").text
    for _twice in range(2):
        done = client.post(f"{at}/begin")
        assert done.location == f"/classes/participants/{number}"
    page = client.get(done.location)
    assert page.status_code == 200
    for words in ("Rowan Ashby", "503-555-0142", "Found eligible", "Agreement signed",
                  "$1,000.00", "Not ready to complete", "26CR001, 26CR002"):  # fmt: skip
        assert words in page.text
    assert f"<title>{number} " in page.text
    with app.app_context():
        ours = select(Enrollment).where(Enrollment.track == Track.SBAD)
        enrollment = db.session.scalars(ours).one()
        assert enrollment.state is EnrollmentState.ACTIVE
        assert owed_by([enrollment.participant_id])[enrollment.participant_id].cents == 100_000


def _number(page: TestResponse) -> str:
    found = re.search(r"[0-9]{2}-[0-9]{4}-[0-9]", page.text)
    assert found is not None
    return found[0]


def test_a_form_that_arrives_twice_makes_one_record(
    app: Flask, client: FlaskClient, nadia: Staff
) -> None:
    assert begun(client) == begun(client)
    with app.app_context():
        for table in (Participant, Referral):
            found = select(func.count()).select_from(table).where(table.track == Track.SBAD)
            assert db.session.scalar(found) == 1


def test_somebody_like_it_is_asked_about_and_the_answer_is_kept(
    app: Flask, client: FlaskClient, nadia: Staff
) -> None:
    first = begun(client)
    number = _number(client.get(first))
    asked = client.post("/classes/intakes/new", data=typed(op="l" * 24, last="Ashbee"))
    assert asked.status_code == 200
    assert number in asked.text
    assert 'value="Ashbee"' in asked.text
    key = re.search(r'name="op"[^>]*value="([^"]+)"', asked.text)
    assert key is not None
    assert key[1] != "l" * 24
    same = begun(client, op=key[1], last="Ashbee", decision=number)
    assert same == first
    other = begun(client, op="m" * 24, last="Ashbee", decision="new")
    assert other != first
    assert "Compared it with another record" in client.get(
        f"/classes/participants/{number}/looks"
    ).text  # fmt: skip


def test_the_other_side_is_never_asked_about(app: Flask, client: FlaskClient, nadia: Staff) -> None:
    with app.app_context(), transaction():
        make_participant(Track.COMMUNITY_COURT, first="Rowan", last="Ashby")
    assert "Rowan Ashby" in client.get(begun(client)).text


def test_of_the_services_of_the_other_side_no_agency_is_offered(
    app: Flask, client: FlaskClient, nadia: Staff
) -> None:
    with app.app_context(), transaction():
        make_organization(nadia, "Example City Police", OrganizationKind.POLICE)
        make_organization(nadia, "Lantern House", OrganizationKind.HOUSING)
    page = client.get("/classes/intakes/new").text
    assert "Example City Police" in page
    assert "Lantern House" not in page


@pytest.mark.parametrize("name", STRANGE)
def test_strange_names_are_shown_as_they_are_typed(
    client: FlaskClient, nadia: Staff, name: str
) -> None:
    at = begun(client, last=name)
    number = _number(client.get(at))
    page = client.get(f"/classes/participants/{number}")
    shown = name.replace("<", "&lt;").replace(">", "&gt;").replace("'", "&#39;")
    assert f"<bdi>Rowan {shown}</bdi>" in page.text
    assert "<script>alert" not in page.text


def test_what_was_typed_stays_when_something_is_missing(client: FlaskClient, nadia: Staff) -> None:
    page = client.post("/classes/intakes/new", data=typed(last="", source=""))
    assert page.status_code == 422
    assert "Write a last name." in page.text
    assert "Choose who sent them." in page.text
    assert 'value="Rowan"' in page.text
    assert "<title>Error:" in page.text


def test_a_bar_refuses_the_offer(client: FlaskClient, nadia: Staff) -> None:
    at = begun(client)
    client.post(f"{at}/check", data={"result": "bar"})
    page = client.post(f"{at}/review", data={"decision": "yes"})
    assert page.status_code == 409
    assert "An earlier diversion bars the offer." in page.text
    client.post(f"{at}/review", data={"decision": "no"})
    assert "Not eligible." in client.get(at).text
    client.post(f"{at}/again")
    assert "Choose why you look again." in client.get(at).text
    client.post(f"{at}/again", data={"reason": "wrong_certificate"})
    assert "Not eligible." not in client.get(at).text


def test_an_unanswered_question_closes_what_comes_after(client: FlaskClient, nadia: Staff) -> None:
    at = begun(client)
    client.post(f"{at}/check", data={"result": ""})
    page = client.post(f"{at}/review", data={"decision": "yes"})
    assert page.status_code == 409
    assert "This part opens when the parts before it are done." in page.text
    assert client.post(f"{at}/offer", data={"answer": "accepted"}).status_code == 409


def test_the_version_of_the_waiver_is_typed_once_and_then_proposed(
    client: FlaskClient, nadia: Staff
) -> None:
    def agreement(**person: Any) -> str:
        at = begun(client, **person)
        client.post(f"{at}/check", data={"result": "clear"})
        client.post(f"{at}/review", data={"decision": "yes"})
        client.post(f"{at}/offer", data={"answer": "accepted"})
        return f"{at}/agreement"

    first = agreement()
    assert 'value="2026-07"' not in client.get(first).text
    client.post(first, data={"counsel": "y", "waiver_text": "2026-07", "signed_on": "11/20/2026"})
    second = agreement(op="m" * 24, first="Sage", last="Lindqvist", birth_date=["1", "2", "1980"])
    assert (
        'name="waiver_text" type="text" autocomplete="off" value="2026-07"'
        in client.get(second).text
    )


def test_what_was_skipped_does_not_come_back_after_each_part(
    client: FlaskClient, nadia: Staff
) -> None:
    at = begun(client)

    def onward(part: str) -> str | None:
        return client.get(f"{at}/onward?after={part}").location

    assert client.get(f"{at}/onward").location == f"{at}/contact"
    assert f"{at}/onward?after=contact" in client.get(f"{at}/contact").text
    assert onward("contact") == f"{at}/case"
    saved = client.post(f"{at}/check", data={"result": "clear"})
    assert saved.location == f"{at}/onward?after=check"
    assert onward("check") == f"{at}/review"
    client.post(f"{at}/review", data={"decision": "yes"})
    client.post(f"{at}/offer", data={"answer": "accepted"})
    signed = {"counsel": "y", "waiver_text": "2026-07"}
    client.post(f"{at}/agreement", data=signed)
    assert onward("agreement") == at  # the list, where it is read together
    assert onward("nothing") == f"{at}/contact"


def test_a_no_is_a_no_and_may_be_asked_again(client: FlaskClient, nadia: Staff) -> None:
    at = begun(client)
    client.post(f"{at}/check", data={"result": "clear"})
    client.post(f"{at}/review", data={"decision": "yes"})
    client.post(f"{at}/offer", data={"answer": "declined"})
    assert "That is their right." in client.get(at).text
    client.post(f"{at}/again")
    client.post(f"{at}/offer", data={"answer": "accepted"})
    assert client.get(f"{at}/agreement").status_code == 200


def test_without_a_talk_with_a_lawyer_the_program_does_not_begin(
    client: FlaskClient, nadia: Staff
) -> None:
    at = begun(client)
    client.post(f"{at}/check", data={"result": "clear"})
    client.post(f"{at}/review", data={"decision": "yes"})
    client.post(f"{at}/offer", data={"answer": "accepted"})
    client.post(f"{at}/agreement", data={"waiver_text": "2026-07"})
    page = client.post(f"{at}/begin")
    assert page.status_code == 409
    assert "after a talk with counsel" in page.text
    assert "Opens when the rest is done" in client.get(at).text


def test_hours_that_end_before_they_begin_are_refused(client: FlaskClient, nadia: Staff) -> None:
    at = begun(client)
    page = client.post(
        f"{at}/contact", data={"phone": "503-555-014", "from_hour": "16", "until_hour": "10"}
    )
    assert page.status_code == 422
    page = client.post(
        f"{at}/contact", data={"phone": "503-555-0142", "from_hour": "16", "until_hour": "10"}
    )
    assert page.status_code == 422
    assert "The safe hours end before they begin." in page.text


WRONG = (Role.COURT_COORDINATOR, Role.INSTRUCTOR, Role.FINANCE_CLERK, Role.ADMINISTRATOR,
         Role.AUDITOR, Role.MENTOR)  # fmt: skip


@pytest.mark.parametrize("role", WRONG)
def test_other_roles_find_nothing(
    app: Flask, client: FlaskClient, nadia: Staff, role: Role, ask: Callable[..., Any]
) -> None:
    at = begun(client)
    number = _number(client.get(at))
    with app.app_context(), transaction():
        other = make_staff(role, name="Alex Moor")
    sign_in(client, other)
    absent = client.get("/classes/intakes/zzzzzzzzzz")
    for path in (at, f"{at}/person", "/classes/intakes", f"/classes/participants/{number}",
                 f"/classes/participants/{number}/contact", "/classes/progress"):  # fmt: skip
        answer = client.get(path)
        assert (answer.status_code, ask(answer)) == (404, ask(absent))


@pytest.fixture
def ask() -> Callable[[TestResponse], str]:
    """Return the words of a page without its keys, so that two refusals compare."""
    return lambda answer: re.sub(r'csrf[^"]*" value="[^"]*"|X-CSRFToken[^}]*', "", answer.text)


def test_a_deputy_decides_and_opens_nothing_else(
    app: Flask, client: FlaskClient, nadia: Staff
) -> None:
    at = begun(client)
    number = _number(client.get(at))
    with app.app_context(), transaction():
        deputy = make_staff(Role.DEPUTY_DA, name="Dana Cho", track=Track.SBAD)
    sign_in(client, deputy, track=Track.SBAD)
    assert client.get(at).status_code == 404  # nothing of it waits for a deputy
    assert number not in client.get("/").text
    sign_in(client, nadia)
    client.post(f"{at}/check", data={"result": "bar"})
    assert "Barred by an earlier diversion" not in client.get("/").text
    sign_in(client, deputy, track=Track.SBAD)
    today = client.get("/").text
    assert "Barred by an earlier diversion" in today
    assert f"{at}/review" in today
    page = client.get(at)
    assert f"{at}/review" in page.text
    assert f"{at}/contact" not in page.text
    for part in ("person", "contact", "case", "offer", "agreement", "begin"):
        assert client.get(f"{at}/{part}").status_code == 404
    refused = client.post(f"{at}/review", data={"decision": "yes"})
    assert refused.status_code == 409
    over = {"decision": "yes", "override": "certificate_wrong"}
    assert client.post(f"{at}/review", data=over).location == "/"
    assert client.get(at).status_code == 404  # it is decided


def test_a_deputy_who_was_given_the_record_goes_on_in_it(
    app: Flask, client: FlaskClient, nadia: Staff
) -> None:
    at = begun(client)
    number = _number(client.get(at))
    client.post(f"{at}/check", data={"result": "clear"})
    with app.app_context(), transaction():
        deputy = make_staff(Role.DEPUTY_DA, name="Dana Cho", track=Track.SBAD)
        person = find(number, Track.SBAD, by=nadia)
        assign(deputy, person, reason=Reason.CASE, starts_on=court_today(), by=nadia)
    sign_in(client, deputy, track=Track.SBAD)
    saved = client.post(f"{at}/review", data={"decision": "yes"})
    assert saved.location == f"{at}/onward?after=review"


def test_where_the_terms_have_no_exception_no_deputy_is_asked(
    app: Flask, client: FlaskClient, nadia: Staff
) -> None:
    at = begun(client)
    client.post(f"{at}/check", data={"result": "bar"})
    with app.app_context(), transaction():
        deputy = make_staff(Role.DEPUTY_DA, name="Dana Cho", track=Track.SBAD)
        db.session.execute(update(ProgramVersion).values(bar_override=False))
    sign_in(client, deputy, track=Track.SBAD)
    assert "Barred by an earlier diversion" not in client.get("/").text
    assert client.get(at).status_code == 404


def test_today_leads_back_to_an_intake_that_was_left(client: FlaskClient, nadia: Staff) -> None:
    at = begun(client)
    today = client.get("/").text
    assert f'href="{at}"' in today
    assert "Rowan" not in today
    assert at in client.get("/classes/intakes").text
