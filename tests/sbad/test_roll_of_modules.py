"""A roll is taken for the whole day or module by module, and a module counts if nobody objects."""

from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from diversion.core.database import db
from diversion.core.errors import NotYours
from diversion.sbad.attendance import certifying, forms, queries, services
from diversion.sbad.attendance.counting import owed
from diversion.sbad.attendance.rules import Mark, Presence
from diversion.sbad.classes.models import ClassSession
from diversion.sbad.rosters.models import Registration
from diversion.staff.models import Staff
from tests.factories.sbad import CLASS_DAY, at, coordinator, instructor, make_class, make_roster
from tests.factories.staff import sign_in
from tests.sbad.test_roll_pages import Day, make_day, op, page_form, post

HERE, ABSENT = Presence.HERE, Presence.ABSENT


@pytest.fixture
def teacher(session: Session) -> Staff:
    return instructor()


@pytest.fixture
def class_day(session: Session, teacher: Staff) -> ClassSession:
    return make_class(coordinator(), instructors=[teacher])


@pytest.fixture
def roll(class_day: ClassSession) -> list[Registration]:
    return make_roster(class_day, coordinator(), 2)


def take(by: Staff, row: Registration, module: int, value: Presence, **more: object) -> Mark:
    key = f"operation-{row.handle}-{module}-{value}"
    mark = replace(Mark(key, row.handle, value, at(17), module=module), **more)  # type: ignore[arg-type]
    day = db.session.get_one(ClassSession, row.class_session_id)
    services.record(day, [mark], by=by, on=CLASS_DAY, now=at(18))
    return mark


def finish(day: ClassSession, by: Staff) -> None:
    certifying.finish(day, by=by, on=CLASS_DAY, now=at(23))


def missing(row: Registration) -> list[str]:
    return owed([row.enrollment_id])[row.enrollment_id]


def test_every_module_is_marked_before_the_end_and_what_was_missed_is_owed(
    class_day: ClassSession, roll: list[Registration], teacher: Staff
) -> None:
    for module in (1, 2):
        services.mark_rest(
            class_day, f"rest-{module}", module=module, by=teacher, on=CLASS_DAY, now=at(17)
        )
    with pytest.raises(certifying.Blanks) as no:
        finish(class_day, teacher)
    assert len(no.value.registrations) == 2
    assert certifying.hindrance(class_day).module == 3
    assert queries.marked([class_day.id]) == {}
    take(teacher, roll[0], 3, ABSENT)
    take(teacher, roll[1], 3, Presence.LATE, minutes=30)
    assert queries.marked([class_day.id]) == {class_day.id: 2}
    finish(class_day, teacher)
    assert [missing(row) for row in roll] == [["Community"], ["Community"]]


def test_the_rest_here_passes_by_whom_another_roll_speaks_for(
    class_day: ClassSession, roll: list[Registration], teacher: Staff
) -> None:
    who = {"by": teacher, "on": CLASS_DAY, "now": at(17)}
    take(teacher, roll[0], 0, ABSENT)
    assert services.mark_rest(class_day, "rest-1", module=1, **who) == 1  # type: ignore[arg-type]
    assert services.mark_rest(class_day, "rest-0", **who) == 0  # type: ignore[arg-type]
    assert services.undo_batch(class_day, "rest-1", module=1, **who) == 1  # type: ignore[arg-type]
    assert services.mark_rest(class_day, "rest-2", **who) == 1  # type: ignore[arg-type]


def test_whoever_was_there_in_a_module_and_absent_that_day_is_settled_first(
    class_day: ClassSession, roll: list[Registration], teacher: Staff
) -> None:
    take(teacher, roll[0], 0, ABSENT)
    take(teacher, roll[0], 2, HERE)
    take(teacher, roll[1], 0, HERE)
    take(teacher, roll[1], 2, ABSENT)
    with pytest.raises(certifying.Differing) as no:
        finish(class_day, teacher)
    assert no.value.registrations == (roll[0].handle,)
    take(teacher, roll[0], 0, Presence.LATE, minutes=100, base_version=1)
    finish(class_day, teacher)
    assert [missing(row) for row in roll] == [["Law"], ["Health"]]
    for value, missed, left in ((HERE, "1", ["Law"]), (HERE, "", [])):
        right = Mark(f"right-{missed}", roll[1].handle, value, at(23), missed=missed)
        by = coordinator()
        certifying.correct(roll[1], right, reason="mistyped", by=by, now=at(23))
        assert missing(roll[1]) == left


def test_there_is_no_roll_of_a_module_that_the_course_has_not(
    class_day: ClassSession, roll: list[Registration], teacher: Staff
) -> None:
    with pytest.raises(NotYours):
        take(teacher, roll[0], 4, HERE)


@pytest.mark.parametrize("module", ["", "0", "x", "-1", "100", "1.1", "٣"])
def test_a_mark_names_its_module_by_number_or_is_none(module: str) -> None:
    sent = {"marks": [op(f"{'q' * 10}.{module}")], "since": 0}
    with pytest.raises(forms.NotMarks):
        forms.from_device(sent, at(17))


def test_the_page_of_a_module_marks_that_module_alone(app: Flask, client: FlaskClient) -> None:
    day = make_day(app, 3)
    sign_in(client, day.teacher)
    second = Day(f"{day.handle}/modules/2", day.rows, day.teacher, day.office)
    client.post(day.url(), data={**page_form(client, day), f"m-{day.rows[0]}": "absent"})
    form = page_form(client, second)
    sent = {**form, f"m-{day.rows[1]}.2": "late", "act": "rest"}
    assert client.post(second.url(), data=sent).status_code == 303
    answer, *_news = post(client, day, op(f"{day.rows[2]}.2", "absent", base_version=1))
    assert answer["registration"] == f"{day.rows[2]}.2"
    page = client.get(second.url()).get_data(as_text=True)
    assert f'name="m-{day.rows[1]}.2" value="late" checked' in page
    assert f'name="m-{day.rows[0]}.2"' not in page  # absent that day: no mark is needed
    assert "1 of 3 modules" in client.get(day.url()).get_data(as_text=True)
    assert client.get(day.url("/modules/4")).status_code == 404
    one = client.get(second.url(f"/people/{day.rows[2]}")).get_data(as_text=True)
    assert "Health: Absent" in one
    done = client.post(day.url("/finish"), data=page_form(client, second))
    assert done.headers["Location"] == day.url("/modules/1?hindered=1")
    refused = client.get(done.headers["Location"]).get_data(as_text=True)
    assert "2 people have no mark" in refused
