"""A certificate is given for a whole class, once, and anybody with its code can check it."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from diversion.core.database import db, transaction
from diversion.enrollments.codes import ConditionKind
from diversion.enrollments.conditions.services import add_evidence, take_back
from diversion.enrollments.models import Enrollment
from diversion.participants.models import Participant
from diversion.sbad.certificates import queries, services
from diversion.sbad.certificates.models import Certificate, WhyVoid
from diversion.staff.models import Staff
from tests.factories.sbad import CLASS_DAY, coordinator, make_class, make_enrolled, make_registered
from tests.factories.staff import sign_in
from tests.sbad.test_at_once import together


def _took(enrollment_id: int, by: Staff) -> None:
    add_evidence(enrollment_id, ConditionKind.CLASS, source="class:1", happened_on=CLASS_DAY, by=by)


def test_only_who_took_the_class_gets_one_and_once(session: Session) -> None:
    by = coordinator()
    one, two = make_enrolled(by), make_enrolled(by, "Rowan", "Ashby")
    _took(one.id, by)
    wanted = {one.id: "es", two.id: "ru"}
    (made,) = services.issue(wanted, by=by, on=CLASS_DAY)
    assert (made.enrollment_id, made.language, made.completed_on) == (one.id, "es", CLASS_DAY)
    assert services.issue(wanted, by=by, on=CLASS_DAY) == []
    assert len(made.code) == 20
    assert queries.is_valid(made.code)


def test_numbers_have_no_gaps_after_a_batch_that_failed_or_two_at_once(app: Flask) -> None:
    with app.app_context(), transaction():
        by = coordinator()
        ids = [make_enrolled(by, name, "Ashby").id for name in ("Rowan", "Willow", "Juniper")]
        for each in ids:
            _took(each, by)

    def issue(*wanted: int) -> list[str]:
        made = services.issue(dict.fromkeys(wanted, "en"), by=by, on=CLASS_DAY)
        return [each.number for each in made]

    with pytest.raises(ZeroDivisionError), app.app_context(), transaction():
        assert issue(*ids[:2])
        raise ZeroDivisionError
    found = together(app, [lambda each=each: issue(each) for each in ids])
    year = f"{CLASS_DAY:%y}"
    assert sorted(found) == [[f"{year}-00001"], [f"{year}-00002"], [f"{year}-00003"]]


def test_a_new_one_voids_the_old(session: Session) -> None:
    by = coordinator()
    one = make_enrolled(by)
    with pytest.raises(services.NoneYet):
        services.reissue(one, language="en", reason=WhyVoid.LOST, by=by, on=CLASS_DAY)
    _took(one.id, by)
    (old,) = services.issue({one.id: "en"}, by=by, on=CLASS_DAY)
    new = services.reissue(one, language="es", reason=WhyVoid.LOST, by=by, on=CLASS_DAY)
    assert new is not None
    assert not queries.is_valid(old.code)
    assert queries.is_valid(new.code)
    with pytest.raises(services.IssuedAgain):
        services.reissue(
            one, language="es", reason=WhyVoid.LOST, instead_of=old.number, by=by, on=CLASS_DAY
        )
    with pytest.raises(services.StillEarned):
        services.reissue(one, language="es", reason=WhyVoid.NOT_EARNED, by=by, on=CLASS_DAY)
    assert services.void_unearned([one.id], by=by) == 0
    take_back(one.id, ConditionKind.CLASS, source="class:1", happened_on=CLASS_DAY, by=by)
    with pytest.raises(services.NotEarned):
        services.reissue(one, language="es", reason=WhyVoid.NAME, by=by, on=CLASS_DAY)
    none = services.reissue(one, language="es", reason=WhyVoid.NOT_EARNED, by=by, on=CLASS_DAY)
    assert none is None
    assert not queries.is_valid(new.code)


def test_a_class_gets_its_certificates_on_one_page_and_a_stranger_can_check_one(
    app: Flask, client: FlaskClient
) -> None:
    with app.app_context(), transaction():
        by = coordinator()
        day = make_class(by)
        seat = make_registered(day, by, "Rowan", "Ashby")
        make_registered(day, by, "Willow", "Marsh")
        _took(seat.enrollment_id, by)
        handle = day.handle
    sign_in(client, by)
    page = client.get(f"/classes/{handle}/certificates").text
    assert "Issue 1 certificate" in page
    assert "Not yet:" in page
    assert client.post(f"/classes/{handle}/certificates").status_code == 303
    assert client.post(f"/classes/{handle}/certificates").status_code == 303
    paper = client.get(f"/classes/{handle}/certificates/print").text
    assert paper.count("Rowan Ashby") == 1
    assert "Willow" not in paper
    with app.app_context():
        (made,) = db.session.scalars(select(Certificate))
        assert db.session.get_one(Enrollment, made.enrollment_id).id == made.enrollment_id
        code = made.code
    stranger = app.test_client()
    yes = stranger.get(f"/certificates/{code}")
    no = stranger.get(f"/certificates/{'k' * 20}")
    assert (yes.status_code, no.status_code) == (200, 200)
    assert "Valid." in yes.text
    for kept in ("Rowan", "Ashby", "Diversion", "class", "program", "2026"):
        assert kept not in re.sub(r'(class|href|src|rel|name|content)="[^"]*"', "", yes.text)
    typed = " ".join(code[n : n + 5] for n in range(0, 20, 5)).upper()
    assert stranger.get(f"/certificates/{typed}").text == yes.text
    assert stranger.get("/certificates/nothing-like-a-code").text == no.text
    strip = re.compile(r"Valid\.|Not valid\.")
    assert strip.sub("", yes.text) == strip.sub("", no.text)
    assert list(yes.headers.keys()) == list(no.headers.keys())


def test_one_person_gets_one_alone_and_once(app: Flask, client: FlaskClient) -> None:
    with app.app_context(), transaction():
        by = coordinator()
        one = make_enrolled(by)
        number = db.session.get_one(Participant, one.participant_id).number
    sign_in(client, by)
    at = f"/classes/participants/{number}/certificate"
    assert client.post(f"{at}/again", data={"language": "es"}).status_code == 409
    with app.app_context(), transaction():
        _took(one.id, db.session.merge(by))
    sent = [client.post(f"{at}/again", data={"language": "es"}).status_code for _ in "12"]
    assert sent == [303, 422]  # the second would be a new one, and has to say why
    old = re.findall(r'name="old"[^>]* value="([^"]+)"', client.get(f"{at}/again").text)
    new = {"language": "en", "reason": "lost", "old": old[0]}
    assert [client.post(f"{at}/again", data=new).status_code for _ in "12"] == [303, 409]
    with app.app_context():
        languages = db.session.scalars(select(Certificate.language).order_by(Certificate.id))
        assert languages.all() == ["es", "en"]
