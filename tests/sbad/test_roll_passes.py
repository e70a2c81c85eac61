"""A page of a roll carries a pass: for one roll, one person, twelve hours, or until it ends."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update
from werkzeug.test import TestResponse

from diversion.core import clock
from diversion.core.database import db, transaction
from diversion.sbad.attendance import passes
from diversion.staff import sessions
from diversion.staff.models import Staff
from diversion.staff.permissions import Role
from diversion.staff.sessions import Ended, SignInSession
from tests.factories.sbad import make_class
from tests.factories.staff import make_staff, sign_in
from tests.sbad.test_roll_pages import Day, bring, carried, marks, op, planned


@pytest.fixture
def filling() -> Callable[[], Day]:
    return planned


@pytest.fixture
def day(app: Flask) -> Day:
    found: Day = app.extensions["filled"]
    return found


@pytest.fixture
def phone(client: FlaskClient, day: Day) -> FlaskClient:
    sign_in(client, day.teacher)
    return client


def sent(phone: FlaskClient, day: Day, sealed: object, *, row: int = 0) -> int:
    body = {"pass": sealed, "marks": [op(day.rows[row])]}
    return phone.post(day.url("/marks"), json=body).status_code


def every_session(app: Flask, **values: object) -> None:
    with app.app_context(), transaction():
        db.session.execute(update(SignInSession).values(**values))


def test_no_forged_foreign_or_old_pass_brings_a_mark_se_03(
    app: Flask, phone: FlaskClient, day: Day, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = carried(phone, day)
    with app.app_context(), transaction():
        office = db.session.merge(day.office)
        teacher = db.session.merge(day.teacher)
        other = make_class(office, held_on=clock.now().date(), instructors=[teacher]).handle
    text, mac = good.split(".")
    other_end = f"{text}.{mac[:-1]}{'1' if mac.endswith('0') else '0'}"
    forged = ["", None, 7, [], "x.y", text, f"{text}.", other_end, f"A{good}", "é.é"]
    assert {sent(phone, day, each) for each in forged} == {400}
    assert phone.post(f"/roll/{other}/marks", json={"pass": good, "marks": []}).status_code == 400
    monkeypatch.setattr(passes, "LIVES", timedelta(seconds=-1))
    assert sent(phone, day, good) == 400
    assert marks(app) == []


def test_a_pass_that_names_another_than_its_session_brings_no_mark_se_03(
    app: Flask, phone: FlaskClient, day: Day
) -> None:
    with app.app_context():
        good = passes.opened(carried(phone, day), day.handle, clock.now())
        office = db.session.merge(day.office).handle
        mixed = [replace(good, staff=office), replace(good, session="q" * 10)]
        assert {sent(phone, day, each.sealed()) for each in mixed} == {401}
    assert marks(app) == []


def test_an_expired_sign_in_still_brings_marks_of_its_roll_and_opens_nothing_else_se_03(
    app: Flask, phone: FlaskClient, day: Day, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = carried(phone, day)
    every_session(app, active_at=clock.now() - timedelta(hours=1))
    assert phone.get(day.url()).status_code == 303
    brought = bring_with(phone, day, good)
    assert brought.json["answers"][0]["value"] == "here"  # type: ignore[index]
    assert dict(marks(app))[day.rows[0]] == "here"
    assert brought.json["since"] == 0  # type: ignore[index]  # what others marked is not told
    monkeypatch.setattr(passes, "is_class_time", lambda *_of: False)
    assert sent(phone, day, good, row=1) == 401
    sign_in(phone, day.teacher)
    assert sent(phone, day, good, row=1) == 200


def bring_with(phone: FlaskClient, day: Day, sealed: str) -> TestResponse:
    return phone.post(day.url("/marks"), json={"pass": sealed, "marks": [op(day.rows[0])]})


def test_someone_else_at_the_device_sends_nothing_of_it_se_03(
    app: Flask, phone: FlaskClient, day: Day
) -> None:
    good = carried(phone, day)
    sign_in(phone, day.office)
    assert sent(phone, day, good) == 401
    assert marks(app) == []


@pytest.mark.parametrize(("why", "status"), [(Ended.SIGNED_OUT, 401), (Ended.FORGOTTEN, 410)])
def test_an_ended_session_takes_its_pass_along(
    app: Flask, phone: FlaskClient, day: Day, why: Ended, status: int
) -> None:
    good = carried(phone, day)
    every_session(app, revoked_at=clock.now(), revoked_why=why)
    assert sent(phone, day, good) == status
    assert marks(app) == []


def test_an_administrator_has_a_device_forgotten(app: Flask, phone: FlaskClient, day: Day) -> None:
    good = carried(phone, day)
    with app.app_context():
        row = db.session.scalars(select(SignInSession)).one().handle
    ada = app.test_client()
    from_office = f"/staff/{day.teacher.handle}/sessions/{row}/forget"
    assert ada.post(from_office).status_code == 303
    assert sent(phone, day, good) == 200
    with app.app_context(), transaction():
        sign_in_row = sessions.of_handle(row)
        assert sign_in_row is not None
        assert sign_in_row.revoked_at is None
    sign_in(ada, administrator(app))
    page = ada.get(f"/staff/{day.teacher.handle}").get_data(as_text=True)
    assert from_office in page
    assert ada.post(from_office).status_code == 303
    assert sent(phone, day, good) == 410


def administrator(app: Flask) -> Staff:
    with app.app_context(), transaction():
        return make_staff(Role.ADMINISTRATOR)


def test_the_page_that_is_kept_holds_short_names_and_marks_alone(
    app: Flask, phone: FlaskClient, day: Day
) -> None:
    text = phone.get(day.url()).get_data(as_text=True)
    kept = re.sub(r"<!--\(-->.*?<!--\)-->", "", text, flags=re.DOTALL)
    assert "Person0 F." in kept
    for word in ("csrf", "Ben C.", "9:00", "/account"):
        assert word in text
        assert word not in kept, word


def test_a_mark_that_comes_after_the_end_is_kept_and_changes_nothing(
    app: Flask, phone: FlaskClient, day: Day
) -> None:
    good = carried(phone, day)
    phone.post(day.url(), data={"op": "k" * 24, "seen": "", "act": "rest"})
    phone.post(day.url("/finish"), data={"op": "z" * 24, "seen": ""})
    before = marks(app)
    body = {"pass": good, "marks": [op(day.rows[0], "absent")]}
    answer = phone.post(day.url("/marks"), json=body).json
    assert (answer["is_over"], answer["answers"][0]["value"]) == (True, "here")  # type: ignore[index]
    assert marks(app) == before
    office = app.test_client()
    sign_in(office, day.office)
    page = office.get(f"/roll/{day.handle}/people/{day.rows[0]}/correction").get_data(as_text=True)
    assert "Came later, does not count" in page
    assert bring(phone, day).status_code == 200
