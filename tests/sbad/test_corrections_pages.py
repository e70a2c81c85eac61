"""A finished roll is corrected on a page: by a second person, with a reason, both marks kept."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from diversion.core.database import db, transaction
from diversion.enrollments.conditions.models import ConditionKind
from diversion.enrollments.conditions.queries import explain
from diversion.enrollments.models import Enrollment
from diversion.sbad.attendance import queries
from diversion.sbad.certificates.models import Certificate, WhyVoid
from diversion.sbad.classes.queries import class_for
from diversion.sbad.rosters.queries import registration_for
from tests.factories.sbad import coordinator
from tests.factories.staff import sign_in
from tests.sbad.test_roll_pages import Day, make_day, page_form

RIGHT = {"value": "absent", "reason": "paper"}


@pytest.fixture
def day(app: Flask) -> Day:
    """Return a class day that its instructor finished, with everyone Here."""
    day = make_day(app, 2)
    phone = app.test_client()
    sign_in(phone, day.teacher)
    phone.post(day.url(), data={**page_form(phone, day), "act": "rest"})
    assert phone.post(day.url("/finish"), data=page_form(phone, day)).status_code == 303
    return day


@pytest.fixture
def office(client: FlaskClient, day: Day) -> FlaskClient:
    sign_in(client, day.office)
    return client


def url(day: Day) -> str:
    return day.url(f"/people/{day.rows[0]}/correction")


def standing(app: Flask, day: Day) -> tuple[list[str], bool]:
    """Return every mark of the first person, the latest first, and whether the class counts."""
    with app.app_context():
        session = class_for(day.handle, by=db.session.merge(day.office))
        row = registration_for(day.rows[0], session.id)
        enrollment = db.session.get_one(Enrollment, row.enrollment_id)
        counts = [each.met for each in explain(enrollment) if each.kind is ConditionKind.CLASS]
        return [said.value.value for said in queries.history(row.id)], all(counts)


def test_a_correction_keeps_both_marks_and_what_counts_follows(
    app: Flask, office: FlaskClient, day: Day
) -> None:
    assert standing(app, day) == (["here"], True)
    office.post(f"/classes/{day.handle}/certificates")
    assert url(day) in office.get(f"/classes/{day.handle}").get_data(as_text=True)
    sent = {"op": "k" * 24, **RIGHT}
    for _twice in range(2):
        assert office.post(url(day), data=sent).headers["Location"] == f"/classes/{day.handle}"
    assert standing(app, day) == (["absent", "here"], False)
    with app.app_context():
        voided = select(Certificate.void_reason).order_by(Certificate.void_reason)
        assert set(db.session.scalars(voided)) == {None, WhyVoid.NOT_EARNED}
    page = office.get(url(day)).get_data(as_text=True)
    assert "The paper sheet says otherwise" in page
    assert "corrected" in office.get(f"/classes/{day.handle}").get_data(as_text=True)


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({"value": "absent"}, 422),
        ({"value": "absent", "reason": "because"}, 422),
        ({"value": "here", "reason": "paper"}, 409),
        ({"value": "unmarked", "reason": "paper"}, 422),
    ],
)
def test_what_corrects_nothing_is_refused(
    app: Flask, office: FlaskClient, day: Day, sent: dict[str, str], status: int
) -> None:
    assert office.post(url(day), data={"op": "k" * 24, **sent}).status_code == status
    assert standing(app, day) == (["here"], True)


def test_only_another_coordinator_corrects(app: Flask, client: FlaskClient, day: Day) -> None:
    sign_in(client, day.teacher)
    assert client.get(url(day)).status_code == 404
    assert client.post(url(day), data={"op": "k" * 24, **RIGHT}).status_code == 404
    assert standing(app, day) == (["here"], True)


def test_who_finished_a_roll_is_told_that_someone_else_corrects_it(app: Flask) -> None:
    day = make_day(app, 1)
    desk = app.test_client()
    sign_in(desk, day.office)
    assert desk.get(url(day)).status_code == 404
    desk.post(day.url(), data={**page_form(desk, day), "act": "rest"})
    desk.post(day.url("/finish"), data=page_form(desk, day))
    assert "someone else has to correct it" in desk.get(url(day)).get_data(as_text=True)
    assert desk.post(url(day), data={"op": "k" * 24, **RIGHT}).status_code == 409
    with app.app_context(), transaction():
        second = coordinator()
    other = app.test_client()
    sign_in(other, second)
    assert other.post(url(day), data={"op": "z" * 24, **RIGHT}).status_code == 303
