"""The roll is taken on a page, with scripts and without, and nobody else's page opens."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from diversion.core.database import db, transaction
from diversion.core.handles import new_handle
from diversion.sbad.attendance import queries, services
from diversion.sbad.attendance.models import AttendanceMark
from diversion.sbad.classes.models import ClassSession, ClassState
from diversion.sbad.classes.queries import class_for
from diversion.sbad.rosters.models import Registration
from diversion.staff.models import Staff
from diversion.staff.permissions import GRANTS, Permission, Role
from diversion.web.calendar import court_today
from tests.factories.sbad import at, coordinator, instructor, make_class, make_roster
from tests.factories.staff import make_staff, sign_in
from tests.statements import counted


@dataclass
class Day:
    """A class of today with some people, and who teaches it."""

    handle: str
    rows: list[str]
    teacher: Staff
    office: Staff

    def url(self, rest: str = "") -> str:
        return f"/roll/{self.handle}{rest}"


def make_day(app: Flask, people: int, held_on: date | None = None) -> Day:
    with app.app_context(), transaction():
        return planned(people, held_on)


def planned(people: int = 3, held_on: date | None = None) -> Day:
    office, teacher = coordinator(), instructor()
    session = make_class(office, held_on=held_on or court_today(), instructors=[teacher])
    rows = make_roster(session, office, people)
    return Day(session.handle, [row.handle for row in rows], teacher, office)


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


def marks(app: Flask) -> list[tuple[str, str]]:
    """Return the present mark of everybody who has one, as handle and value."""
    with app.app_context():
        rows = {row.id: row.handle for row in db.session.scalars(select(Registration))}
        found = queries.current_of(list(rows))
        return sorted((rows[each], mark.value.value) for each, mark in found.items())


def page_form(phone: FlaskClient, day: Day) -> dict[str, str]:
    """Return the hidden fields of the roll page, as a browser would send them back."""
    text = phone.get(day.url()).get_data(as_text=True)
    names = ("op", "seen", "batch")
    return {name: re.search(rf'name="{name}" value="([^"]*)"', text)[1] for name in names}  # type: ignore[index]


def op(row: str, value: str = "here", **more: object) -> dict[str, object]:
    return {
        "op": new_handle(20), "registration": row, "value": value, "base_version": 0,
        "at": at(17).isoformat(), "device": "phone-1", **more,
    }  # fmt: skip


def carried(phone: FlaskClient, day: Day) -> str:
    """Return the pass that the roll page of this person carries."""
    text = phone.get(day.url()).get_data(as_text=True)
    return re.search('data-pass="([^"]+)"', text)[1]  # type: ignore[index]


def bring(phone: FlaskClient, day: Day, *ops: dict[str, object], **more: object) -> TestResponse:
    """Bring marks as the script of the page does."""
    sent = {"pass": carried(phone, day), "marks": ops, **more}
    return phone.post(day.url("/marks"), json=sent)


def post(phone: FlaskClient, day: Day, *ops: dict[str, object]) -> list[dict[str, object]]:
    answer = bring(phone, day, *ops)
    assert answer.status_code == 200, answer.get_data(as_text=True)
    found: list[dict[str, object]] = answer.json["answers"]  # type: ignore[index]
    return found


def test_without_scripts_one_form_saves_the_page(app: Flask, phone: FlaskClient, day: Day) -> None:
    form = page_form(phone, day)
    sent = {**form, f"m-{day.rows[0]}": "absent", f"m-{day.rows[1]}": "late", "act": "save"}
    assert phone.post(day.url(), data=sent).status_code == 303
    assert phone.post(day.url(), data=sent).status_code == 303
    assert marks(app) == sorted([(day.rows[0], "absent"), (day.rows[1], "late")])
    with app.app_context():
        assert len(db.session.scalars(select(AttendanceMark)).all()) == 2


def test_an_old_page_does_not_overwrite_what_it_does_not_change(
    app: Flask, phone: FlaskClient, day: Day
) -> None:
    form = page_form(phone, day)
    post(phone, day, op(day.rows[0], "absent"))
    phone.post(day.url(), data={**form, f"m-{day.rows[1]}": "here", "act": "save"})
    assert dict(marks(app))[day.rows[0]] == "absent"


def test_the_rest_here_then_finish_in_two_presses(app: Flask, phone: FlaskClient, day: Day) -> None:
    form = page_form(phone, day)
    phone.post(day.url(), data={**form, f"m-{day.rows[0]}": "absent", "act": "rest"})
    assert [value for _row, value in marks(app)].count("here") == 2
    done = phone.post(day.url("/finish"), data=page_form(phone, day))
    assert done.headers["Location"] == f"/classes/{day.handle}"
    with app.app_context():
        state = db.session.scalars(select(ClassSession.state)).one()
    assert state is ClassState.CERTIFIED
    page = phone.get(day.url()).get_data(as_text=True)
    assert "This roll is finished" in page
    assert 'name="m-' not in page


def test_the_rest_here_can_be_undone(app: Flask, phone: FlaskClient, day: Day) -> None:
    phone.post(day.url(), data={**page_form(phone, day), "act": "rest"})
    phone.post(day.url(), data={**page_form(phone, day), "act": "undo"})
    assert {value for _row, value in marks(app)} == {"unmarked"}


def test_blanks_keep_the_class_open_and_what_was_marked_is_saved(
    app: Flask, phone: FlaskClient, day: Day
) -> None:
    sent = {**page_form(phone, day), f"m-{day.rows[0]}": "here"}
    answer = phone.post(day.url("/finish"), data=sent, follow_redirects=True)
    assert "2 people have no mark" in answer.get_data(as_text=True)
    assert marks(app) == [(day.rows[0], "here")]


def test_each_mark_of_a_device_is_answered_and_counts_once(
    app: Flask, phone: FlaskClient, day: Day
) -> None:
    sent = op(day.rows[0], "late")
    first = post(phone, day, sent)
    assert first == post(phone, day, sent)
    assert first == [
        {"op": sent["op"], "registration": day.rows[0], "value": "late", "version": 1,
         "is_conflict": False, "is_seated": True, "words": "Late", "more": {},
         "differs": None}
    ]  # fmt: skip
    again = bring(phone, day, {**sent, "value": "here"})
    assert again.status_code == 422


def test_two_devices_that_disagree_show_both_marks(
    app: Flask, phone: FlaskClient, day: Day
) -> None:
    post(phone, day, op(day.rows[0], "here"))
    office = app.test_client()
    sign_in(office, day.office)
    (answer,) = post(office, day, op(day.rows[0], "absent", device="desk"))
    assert answer["is_conflict"] is True
    page = phone.get(day.url(f"/people/{day.rows[0]}")).get_data(as_text=True)
    assert "Two people marked this differently" in page
    assert ">Here" in page
    assert ">Absent" in page


def test_two_marks_that_differ_keep_the_class_open_until_one_is_chosen(
    app: Flask, phone: FlaskClient, day: Day
) -> None:
    post(phone, day, *(op(row) for row in day.rows))
    office = app.test_client()
    sign_in(office, day.office)
    post(office, day, *(op(row, "absent", device="desk") for row in day.rows[:2]))
    refused = phone.post(day.url("/finish"), data=page_form(phone, day), follow_redirects=True)
    page = refused.get_data(as_text=True)
    assert "For 2 people two marks differ" in page
    for row in day.rows[:2]:
        assert f'href="#row-{row}"' in page
        settled = {"op": row.ljust(24, "k"), "value": "here"}
        assert phone.post(day.url(f"/people/{row}"), data=settled).status_code == 303
    assert "two marks differ" not in phone.get(day.url("?hindered=1")).get_data(as_text=True)
    done = phone.post(day.url("/finish"), data=page_form(phone, day))
    assert done.headers["Location"] == f"/classes/{day.handle}"


def test_the_last_press_of_the_rest_can_be_undone_after_a_reload_and_more_marks(
    app: Flask, phone: FlaskClient, day: Day
) -> None:
    post(phone, day, op(day.rows[0], batch="first-press-of-the-rest"))
    post(phone, day, *(op(row, batch="later-press-of-the-rest") for row in day.rows[1:]))
    post(phone, day, op(day.rows[1], "late", base_version=1, at=at(18).isoformat()))
    page = phone.get(day.url()).get_data(as_text=True)
    assert f'value="later-press-of-the-rest" data-of="{day.rows[2]}"' in page
    phone.post(day.url(), data={**page_form(phone, day), "act": "undo"})
    assert dict(marks(app)) == dict(zip(day.rows, ("here", "late", "unmarked"), strict=True))
    page = phone.get(day.url()).get_data(as_text=True)
    assert 'value="undo" data-key="z" data-undo>' in page


@pytest.mark.parametrize(
    "sent",
    [
        {}, {"marks": "x"}, {"marks": [], "since": "x"}, {"marks": [1]}, {"marks": [{}]},
        {"marks": [{"op": "x" * 20, "registration": "q8m4", "value": "gone", "base_version": 0,
                    "at": "2026-11-21T17:00:00+00:00", "device": ""}]},
        {"marks": [{"op": "x" * 20, "registration": "q8m4", "value": "here", "base_version": 0,
                    "at": "2026-11-21T17:00:00", "device": ""}]},
        {"marks": [{"op": "short", "registration": "q8m4", "value": "here", "base_version": 0,
                    "at": "2026-11-21T17:00:00+00:00", "device": ""}]},
    ],
)  # fmt: skip
def test_what_is_no_mark_is_refused(phone: FlaskClient, day: Day, sent: dict[str, object]) -> None:
    answer = phone.post(day.url("/marks"), json={"pass": carried(phone, day), **sent})
    assert answer.status_code == 422


def test_minutes_late_are_kept_and_a_long_delay_owes_a_module(
    app: Flask, phone: FlaskClient, day: Day
) -> None:
    url = day.url(f"/people/{day.rows[0]}")
    key = "k" * 24
    sent = {"op": key, "value": "late", "minutes": "130"}
    assert phone.post(url, data=sent).status_code == 303
    assert "1 module owed" in phone.get(day.url()).get_data(as_text=True)
    assert phone.post(url, data={**sent, "op": "z" * 24, "minutes": "-3"}).status_code == 422


def test_someone_excused_ahead_is_locked_with_a_way_to_change(
    app: Flask, phone: FlaskClient, day: Day
) -> None:
    with app.app_context(), transaction():
        session = class_for(day.handle, by=db.session.merge(day.office))
        row = db.session.scalars(
            select(Registration).filter_by(class_session_id=session.id, handle=day.rows[0])
        ).one()
        services.excuse_ahead(row, "excused-ahead-op", by=day.office, now=at(1))
    page = phone.get(day.url()).get_data(as_text=True)
    assert "Excused ahead" in page
    assert f'name="m-{day.rows[0]}"' not in page
    phone.post(day.url(f"/people/{day.rows[0]}"), data={"op": "k" * 24, "value": "here"})
    assert dict(marks(app))[day.rows[0]] == "here"


def test_a_class_that_has_begun_says_what_calling_it_off_means(
    app: Flask, phone: FlaskClient, day: Day
) -> None:
    office = app.test_client()
    sign_in(office, day.office)
    url = f"/classes/{day.handle}/cancellation"
    assert "This class has begun." not in office.get(url).text
    phone.post(day.url(), data={**page_form(phone, day), "act": "rest"})
    before = len(marks(app))
    assert "This class has begun." in office.get(url).text
    assert office.post(url).status_code == 303
    assert "This class was called off." in phone.get(day.url()).text
    assert "This roll is finished" not in phone.get(day.url()).text
    assert len(marks(app)) == before


def test_a_walk_in_needs_clearance_and_counts_for_nobody(
    app: Flask, phone: FlaskClient, day: Day
) -> None:
    for _twice in range(2):
        assert phone.post(day.url("/walk-ins"), data={"line": "31"}).status_code == 303
    assert "needs clearance" in phone.get(day.url()).get_data(as_text=True)
    office = app.test_client()
    sign_in(office, day.office)
    page = office.get(f"/classes/{day.handle}").get_data(as_text=True)
    (url,) = set(re.findall(rf"/classes/{day.handle}/walk-ins/\w+", page))
    assert phone.post(url, data={"registration": day.rows[0]}).status_code == 404
    assert office.post(url, data={"registration": day.rows[0]}).status_code == 303
    assert "Line 31" not in office.get(f"/classes/{day.handle}").get_data(as_text=True)


def test_a_class_to_come_shows_no_controls_and_takes_no_marks(app: Flask) -> None:
    day = make_day(app, 1, held_on=date(2099, 1, 3))
    phone = app.test_client()
    sign_in(phone, day.teacher)
    page = phone.get(day.url()).get_data(as_text=True)
    assert "still to come" in page
    assert 'type="radio"' not in page
    assert "data-pass" not in page


@pytest.mark.parametrize(
    "role", [None, Role.INSTRUCTOR, Role.FINANCE_CLERK, Role.COURT_COORDINATOR]
)
def test_another_persons_class_is_not_there(app: Flask, day: Day, role: Role | None) -> None:
    other = app.test_client()
    if role is not None:
        with app.app_context(), transaction():
            staff = make_staff(role)
        sign_in(other, staff)
    expected = 303 if role is None else 404
    assert other.get(day.url()).status_code == expected
    assert other.get(f"/classes/{day.handle}").status_code == expected


def test_the_roll_page_names_nobody_whole_and_no_amount(
    app: Flask, phone: FlaskClient, day: Day
) -> None:
    page = phone.get(day.url()).get_data(as_text=True)
    assert "Person0 F." in page
    assert "Fictional0" not in page
    assert "$" not in page
    assert "htmx" not in page


def test_the_statements_of_the_roll_do_not_grow_with_its_people(app: Flask) -> None:
    found = []
    for people in (2, 7):
        day = make_day(app, people)
        phone = app.test_client()
        sign_in(phone, day.teacher)
        phone.get(day.url())
        with counted(app) as statements:
            assert phone.get(day.url()).status_code == 200
        found.append(len(statements))
    assert found[0] == found[1]
    assert found[0] <= 12


def test_many_marks_in_one_sending_cost_the_statements_of_one(
    app: Flask, phone: FlaskClient, day: Day
) -> None:
    _send(app, phone, day, [op(day.rows[0])])
    one = _send(app, phone, day, [op(day.rows[0], "late")])
    many = _send(app, phone, day, [op(row, "absent") for row in day.rows])
    assert many == one <= 11
    assert {value for _handle, value in marks(app)} == {"absent"}


def test_who_marks_is_asked_once_and_under_the_lock_and_a_stranger_takes_none(
    app: Flask, phone: FlaskClient, day: Day
) -> None:
    stranger = app.test_client()
    with counted(app) as seen:
        assert phone.get(day.url()).status_code == 200
        assert stranger.get(day.url()).status_code == 303
    assert len([each for each in seen if "FROM sign_in_session" in each]) == 1
    assert [each for each in seen if "IMMEDIATE" in each] in (["BEGIN IMMEDIATE"], [])


def _send(app: Flask, phone: FlaskClient, day: Day, ops: list[dict[str, object]]) -> int:
    sent = {"pass": carried(phone, day), "marks": ops, "since": 10**6}
    with counted(app) as seen:
        assert phone.post(day.url("/marks"), json=sent).status_code == 200
    return len(seen)


def test_the_last_press_sent_twice_finishes_once(app: Flask, phone: FlaskClient, day: Day) -> None:
    sent = {**page_form(phone, day), **{f"m-{row}": "here" for row in day.rows}}
    for _twice in range(2):
        done = phone.post(day.url("/finish"), data=sent)
        assert done.headers.get("Location") == f"/classes/{day.handle}"
    assert len(marks(app)) == 3


def test_who_may_mark_but_not_finish_leaves_the_class_open(
    app: Flask, phone: FlaskClient, day: Day, monkeypatch: pytest.MonkeyPatch
) -> None:
    fewer = GRANTS[Role.INSTRUCTOR] - {Permission.ROLL_FINISH}
    monkeypatch.setitem(GRANTS, Role.INSTRUCTOR, fewer)  # type: ignore[arg-type]
    phone.post(day.url(), data={**page_form(phone, day), "act": "rest"})
    assert "Finish class" not in phone.get(day.url()).get_data(as_text=True)
    assert phone.post(day.url("/finish"), data=page_form(phone, day)).status_code == 404
    phone.post(day.url(), data={**page_form(phone, day), "act": "finish"})
    with app.app_context():
        assert not db.session.scalars(select(ClassSession)).unique().one().is_over


def test_the_rest_here_leaves_a_mark_that_someone_made_meanwhile(
    app: Flask, phone: FlaskClient, day: Day
) -> None:
    office = app.test_client()
    sign_in(office, day.office)
    post(office, day, op(day.rows[0], "excused", device="desk"))
    answers = post(phone, day, *(op(row, batch="press-of-the-rest") for row in day.rows))
    assert [answer["value"] for answer in answers] == ["excused", "here", "here"]
    assert [answer["is_conflict"] for answer in answers] == [False, False, False]
    assert dict(marks(app))[day.rows[0]] == "excused"
