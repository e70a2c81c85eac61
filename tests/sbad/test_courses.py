"""A course is its modules, in order; people outside the office present them."""

from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient

from diversion.core.database import db, transaction
from diversion.sbad.classes.models import ClassState
from diversion.sbad.classes.queries import class_for, courses
from diversion.sbad.classes.rules import ClassIsOver
from diversion.sbad.courses import services
from diversion.sbad.courses.rules import NotModules, modules
from tests.factories.sbad import coordinator, make_class
from tests.factories.staff import sign_in


def test_modules_are_read_a_line_each_and_nothing_is_guessed() -> None:
    assert modules("Law, 60\n\n Health, body; 90 min ") == [("Law", 60), ("Health, body", 90)]
    for text in ("", "Law", "Law, 0", ", 60", "Law, 1000", "Law, 60\nHealth", "Law, 1\n" * 13):
        with pytest.raises(NotModules):
            modules(text)


def test_a_course_is_added_once_and_taken_out_of_use_and_presenters_are_named(
    app: Flask, client: FlaskClient
) -> None:
    with app.app_context(), transaction():
        by = coordinator()
        handle = make_class(by, held_on=date(2099, 1, 3)).handle
    sign_in(client, by)
    sent = {"op": "c" * 24, "name": "Evening course", "grace": "10", "modules": "Law, 60\nPlan, 45"}
    assert [client.post("/classes/courses", data=sent).status_code for _ in "12"] == [303, 303]
    bad = {**sent, "op": "d" * 24, "modules": "Law"}
    assert client.post("/classes/courses", data=bad).status_code == 422
    with app.app_context():
        made = next(each for each in courses(date(2026, 1, 1)) if each.name == "Evening course")
        assert [(m.name, m.minutes) for m in made.modules] == [("Law", 60), ("Plan", 45)]
        course = made.handle
    gone = [client.post(f"/classes/courses/{course}/retirement").status_code for _ in "12"]
    assert gone == [303, 409]
    assert "Out of use" in client.get("/classes/courses").text
    names = {"module_1": "Wilma Overcast", "module_2": " "}
    for _twice in range(2):
        assert client.post(f"/classes/{handle}/presenters", data=names).status_code == 303
    assert "Law, <bdi>Wilma Overcast</bdi>" in client.get(f"/classes/{handle}").text
    with app.app_context(), transaction():
        session, by = class_for(handle, by=by), db.session.merge(by)
        assert len(services.presenters(session.id)) == 1
        session.state = ClassState.CERTIFIED
        with pytest.raises(ClassIsOver):
            services.present(session, {}, by=by, on=date(2026, 1, 1))
