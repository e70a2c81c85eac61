"""Certificates are given out as one tagged PDF of a class, each in its own language."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from diversion.core.database import db, transaction
from diversion.enrollments.codes import ConditionKind
from diversion.enrollments.conditions.services import add_evidence
from diversion.participants.models import Participant
from diversion.sbad.certificates import services
from diversion.web.pdf import asking
from tests import pdfs
from tests.factories.sbad import CLASS_DAY, coordinator, make_class, make_registered
from tests.factories.staff import sign_in


def issue(app: Flask, client: FlaskClient) -> str:
    """Let two people take a class, give each a certificate, and return where the class is."""
    with app.app_context(), transaction():
        by = coordinator()
        day = make_class(by)
        rows = [make_registered(day, by), make_registered(day, by, "Rowan", "Ashby")]
        for row in rows:
            add_evidence(
                row.enrollment_id, ConditionKind.CLASS, source="class:1", happened_on=CLASS_DAY,
                by=by,
            )  # fmt: skip
        languages = {rows[0].enrollment_id: "es", rows[1].enrollment_id: "en"}
        services.issue(languages, by=by, on=CLASS_DAY)
        where = f"/classes/{day.handle}/certificates"
    sign_in(client, by)
    return where


def test_a_class_is_one_file_whose_name_and_title_name_nobody(
    app: Flask, client: FlaskClient
) -> None:
    pdfs.need()
    where = issue(app, client)
    assert f'href="{where}/pdf"' in client.get(where).text
    assert f'href="{where}/pdf"' in client.get(f"{where}/print").text
    sent = client.get(f"{where}/pdf")
    assert sent.headers["Content-Disposition"].endswith('"2026-11-21_certificates.pdf"')
    assert sent.headers["Cache-Control"] == "no-store"
    found = pdfs.read(sent.data)
    assert {each["/Lang"] for each in pdfs.tags(sent.data, "/Art")} == {"en", "es"}
    text = " ".join(each.extract_text() for each in found.pages)
    assert "Juniper Hale" in text
    assert "Rowan Ashby" in text
    for kept in ("Juniper", "Rowan", "Diversion"):
        assert kept not in str(found.metadata)


def test_without_the_extra_papers_are_printed_and_no_file_is_offered(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "is_installed", lambda: False)
    where = issue(app, client)
    with app.app_context():
        number = db.session.scalars(select(Participant.number)).first()
    for page in (where, f"{where}/print", f"/classes/participants/{number}/certificate"):
        assert "pdf" not in client.get(page).text.lower()
        assert client.get(f"{page.removesuffix('/print')}/pdf").status_code == 404
