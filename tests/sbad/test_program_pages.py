"""The way through the program is walked on its pages, and every page shows what came of it."""

from datetime import date, timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from diversion.audit.models import Act, AuditObject, AuditRow
from diversion.core import clock
from diversion.core.database import db, transaction
from diversion.core.tracks import Track
from diversion.enrollments.codes import ConditionKind, EnrollmentState, LegalBasis, RecordResult
from diversion.enrollments.conditions.due_days import due_day
from diversion.enrollments.conditions.models import Condition
from diversion.enrollments.conditions.services import add_evidence
from diversion.enrollments.dismissal import rules, services
from diversion.enrollments.dismissal.models import RecordCheck
from diversion.enrollments.dismissal.services import Sealing
from diversion.enrollments.lifecycle.models import Excusal
from diversion.enrollments.models import Enrollment
from diversion.enrollments.texts import services as texts
from diversion.enrollments.texts.models import Paper
from diversion.enrollments.texts.queries import wording
from diversion.fees.assessments.services import assess
from diversion.fees.due_models import DueMoved
from diversion.staff.models import Staff
from diversion.staff.permissions import Role
from tests.factories.enrollments import make_enrollment
from tests.factories.participants import make_participant
from tests.factories.sbad import ZONE
from tests.factories.staff import make_staff, sign_in
from tests.sbad.test_file_pages import counted

KEY = "a-key-of-a-form-1"
LONG_AGO = timedelta(days=200)


@pytest.fixture
def nadia(app: Flask, client: FlaskClient) -> Staff:
    with app.app_context(), transaction():
        nadia = make_staff(Role.SBAD_COORDINATOR, name="Nadia Brook")
    sign_in(client, nadia)
    return nadia


@pytest.fixture
def deputy(app: Flask) -> Staff:
    with app.app_context(), transaction():
        return make_staff(Role.DEPUTY_DA, name="Dana Whitfield")


def begun(app: Flask, nadia: Staff, on: date, *, met: bool = False) -> tuple[str, str]:
    """Return the address of somebody who began on a day, and their number."""
    with app.app_context(), transaction():
        person = make_participant(Track.SBAD, "Rowan", "Ashby", by=nadia)
        one = make_enrollment(person, nadia, on)
        for kind in (ConditionKind.CLASS, ConditionKind.FEE) if met else ():
            add_evidence(one.id, kind, source="test:1", happened_on=on, by=nadia)
        return f"/classes/participants/{person.number}", person.number


def sent_twice(client: FlaskClient, address: str, op: str = KEY, **typed: str) -> None:
    """Send a form as a double click or Back does: it is done once, and answered alike."""
    sent = [client.post(address, data={**typed, "op": op}) for _ in "12"]
    assert [each.status_code for each in sent] == [303, 303]


def state(app: Flask) -> EnrollmentState:
    with app.app_context():
        return db.session.scalars(
            select(Enrollment.state).where(Enrollment.track == Track.SBAD)
        ).one()


def test_a_pause_moves_what_is_due_and_shows_it_first(
    app: Flask, client: FlaskClient, nadia: Staff
) -> None:
    today = clock.today(ZONE) - timedelta(days=1)
    at, _number = begun(app, nadia, today - timedelta(days=30))
    with app.app_context(), transaction():
        one = db.session.scalars(select(Enrollment)).unique().one()
        (fee,) = assess(one, by=nadia, on=today - timedelta(days=30))
    client.post(f"{at}/pause", data={"reason": "custody", "on": f"{today - timedelta(9):%m/%d/%Y}"})
    assert state(app) is EnrollmentState.SUSPENDED
    with app.app_context():
        due = db.session.scalars(
            select(due_day()).select_from(Condition).order_by(Condition.place)
        ).first()
    assert due is not None
    ended = today - timedelta(days=2)
    typed = {"on": f"{ended:%m/%d/%Y}", "seen": ""}
    shown = client.post(f"{at}/resumption", data=typed)
    assert shown.status_code == 200
    assert f"{due + timedelta(days=7):%m/%d/%Y}" in shown.text
    assert state(app) is EnrollmentState.SUSPENDED
    saved = client.post(f"{at}/resumption", data={**typed, "seen": ended.isoformat()})
    assert saved.status_code == 303
    with app.app_context():
        now = db.session.scalars(
            select(due_day()).select_from(Condition).order_by(Condition.place)
        ).first()
        assert db.session.scalars(select(DueMoved.due_on)).all() == [fee.due_on + timedelta(days=7)]
    assert now == due + timedelta(days=7)
    assert "7 days later" in client.get(f"{at}/program").text


def test_every_question_says_about_whom_it_is_and_the_log_says_so(
    app: Flask, client: FlaskClient, nadia: Staff
) -> None:
    at, number = begun(app, nadia, clock.today(ZONE))
    with app.app_context():
        condition = db.session.scalars(select(Condition.handle)).first()
    asked = ("pause", "leaving", "waiting", "deputy", "dispute", "dismissal", "certificate/again")
    for page in (*asked, f"conditions/{condition}/excusal"):
        assert "Rowan Ashby" in client.get(f"{at}/{page}").text, page
    shown = select(func.count()).select_from(AuditRow).join(AuditObject)
    shown = shown.where(
        AuditRow.act == Act.NAMES_SHOWN, AuditObject.object == f"participant:{number}"
    )
    with app.app_context():
        assert db.session.scalar(shown) == len(asked) + 1


def test_a_deputy_ends_it_and_nobody_else(
    app: Flask, client: FlaskClient, nadia: Staff, deputy: Staff, the_day: time_machine.Traveller
) -> None:
    on = clock.today(ZONE) - timedelta(days=20)
    at, _number = begun(app, nadia, on)
    assert client.get(f"{at}/notice").status_code == 404
    with app.app_context():
        condition = db.session.scalars(select(Condition.handle).order_by(Condition.place)).first()
    client.post(f"{at}/conditions/{condition}/excusal", data={"reason": "health"})
    with app.app_context():
        asked = db.session.scalars(select(Excusal.handle)).one()
    own = client.post(f"{at}/excusals/{asked}", data={"answer": "granted"})
    assert own.status_code == 409
    sign_in(client, deputy, track=Track.SBAD)
    assert "The class" in client.get(f"{at}/notice").text
    money = client.post(f"{at}/notice", data={"grounds": "fee"})
    assert money.status_code in {409, 422}
    assert client.post(f"{at}/notice", data={"grounds": "class"}).status_code == 303
    assert state(app) is EnrollmentState.TERMINATION_PENDING
    sign_in(client, nadia)
    soon = clock.today(ZONE) + timedelta(days=9)
    said = {"on": "", "hearing_on": f"{soon:%m/%d/%Y}"}
    assert client.post(f"{at}/dispute", data=said).status_code == 303
    assert "Hearing about the notice" in client.get(at).text
    sign_in(client, deputy, track=Track.SBAD)
    assert client.post(f"{at}/finding", data={"finding": "ended"}).status_code == 409  # not heard
    the_day.shift(timedelta(days=9))
    sign_in(client, deputy, track=Track.SBAD)
    assert client.post(f"{at}/finding", data={"finding": "ended"}).status_code == 303
    assert state(app) is EnrollmentState.TERMINATED
    sign_in(client, nadia)
    paper = client.get(f"{at}/summary").text
    assert "Grounds: The class." in paper
    assert "$" not in paper


def test_a_completion_goes_to_its_end_by_the_right_hands(
    app: Flask, client: FlaskClient, nadia: Staff, deputy: Staff
) -> None:
    at, number = begun(app, nadia, clock.today(ZONE) - LONG_AGO, met=True)
    why = client.get(f"{at}/completion").text
    assert "All of it can be true today." in why
    assert "Nadia Brook" in why
    assert client.post(f"{at}/waiting").status_code == 303
    listed = client.get("/classes/endings?show=check&sort=-number").text
    assert (number in listed, 'aria-sort="descending"' in listed) == (True, True)
    sign_in(client, deputy, track=Track.SBAD)
    early = client.post(f"{at}/sign-off")
    assert (early.status_code, "the record was not looked at" in early.text) == (409, True)
    sent_twice(client, f"{at}/record-check", result="clear")
    other = client.post(f"{at}/record-check", data={"result": "new_arrest", "op": KEY})
    assert (other.status_code, "with other contents" in other.text) == (422, True)
    with app.app_context():
        assert db.session.scalars(select(RecordCheck.result)).all() == [RecordResult.CLEAR]
    sent_twice(client, f"{at}/sign-off", op=KEY[::-1])
    assert state(app) is EnrollmentState.COMPLETED
    sign_in(client, nadia)
    draft = client.get(f"{at}/papers/notice").text
    assert "DRAFT" in draft
    assert "Rowan Ashby" in draft
    sent_twice(client, f"{at}/dismissal", op=KEY.upper())
    assert client.get(f"{at}/set-aside").status_code == 404
    with app.app_context(), transaction():  # counsel says it only now
        for _again in "12":
            services.set_clock(
                Track.SBAD, LegalBasis.PRE_FILING, days=0, citation="Example 1",
                in_force_on=date(2020, 1, 1), by=deputy,
            )  # fmt: skip
    for each in Sealing:
        assert number in client.get("/").text or "Set-aside" not in client.get("/").text
        assert "Record can be set aside" in client.get(at).text
        sent = [client.post(f"{at}/set-aside", data={"what": each}).status_code for _ in "12"]
        assert sent == [303, 409]  # sent twice it is one step, and not the next
    assert "Nothing is left to do." in client.get(f"{at}/set-aside").text
    assert "Record can be set aside" not in client.get(at).text


def test_the_pages_of_a_person_ask_as_often_after_a_long_story(
    app: Flask, client: FlaskClient, nadia: Staff
) -> None:
    at, _number = begun(app, nadia, clock.today(ZONE) - timedelta(days=90))
    pages = ("program", "completion")
    for page in pages:
        client.get(f"{at}/{page}")
    before = [counted(app, lambda page=page: client.get(f"{at}/{page}")) for page in pages]
    for days in (60, 40, 20):
        day, later = clock.today(ZONE) - timedelta(days), clock.today(ZONE) - timedelta(days - 5)
        client.post(f"{at}/pause", data={"reason": "warrant", "on": f"{day:%m/%d/%Y}"})
        typed = {"on": f"{later:%m/%d/%Y}", "seen": later.isoformat()}
        client.post(f"{at}/resumption", data=typed)
    client.get(f"{at}/program")  # shows once what was flashed
    after = [counted(app, lambda page=page: client.get(f"{at}/{page}")) for page in pages]
    assert after == before


def test_only_a_clear_look_after_the_period_counts() -> None:
    end = date(2026, 6, 1)
    for result, on in ((None, None), (RecordResult.CLEAR, end - timedelta(1))):
        with pytest.raises(rules.NotChecked):
            rules.check_record(result, on, end)
    with pytest.raises(rules.NotClear):
        rules.check_record(RecordResult.NEW_ARREST, end, end)
    rules.check_record(RecordResult.CLEAR, end, end)
    rules.check_record(RecordResult.CLEAR, end, None)


def test_words_are_used_once_somebody_else_approved_them(app: Flask) -> None:
    with app.app_context(), transaction():
        by, other = make_staff(Role.SBAD_COORDINATOR), make_staff(Role.DEPUTY_DA)
        assert wording(Paper.NOTICE, "ru").is_draft
        text = texts.write(Paper.NOTICE, "en", "Notice", "To {name}", by=by)
        with pytest.raises(texts.OwnText):
            texts.approve(text, by=by)
        texts.approve(text, by=other)
        with pytest.raises(texts.ApprovedAlready):
            texts.approve(text, by=other)
        texts.write(Paper.NOTICE, "en", "Notice", "Another draft", by=by)
        assert wording(Paper.NOTICE, "en").body == "To {name}"
        with pytest.raises(Exception, match="nobody"):
            texts.write(Paper.NOTICE, "en", "Notice", "{nobody}", by=by)
