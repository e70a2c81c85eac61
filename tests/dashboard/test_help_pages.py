"""Help is at one place for everyone, and the style guide shows every component."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from diversion.core import paths
from diversion.core.database import transaction
from diversion.dashboard.help.topics import TOPICS, sorted_for
from diversion.staff.permissions import Role
from tests.factories.staff import make_staff, sign_in


@pytest.mark.parametrize("path", ["", "/keys", "/words", *(f"/{t.slug}" for t in TOPICS)])
def test_every_help_page_opens_for_everyone(client: FlaskClient, path: str) -> None:
    answer = client.get(f"/help{path}")
    assert answer.status_code == 200
    assert answer.text.count("<h1>") == 1
    assert "503-555-0100" in answer.text


def test_a_topic_that_is_none_is_not_found(client: FlaskClient) -> None:
    assert client.get("/help/nothing").status_code == 404
    assert client.get("/help/start").status_code == 404


def test_ones_own_work_comes_first() -> None:
    own, others = sorted_for(frozenset({Role.INSTRUCTOR}))
    assert [topic.slug for topic in own] == ["roll-call"]
    assert len(own) + len(others) == len(TOPICS)


def test_the_style_guide_is_for_administrators(app: Flask, client: FlaskClient) -> None:
    with app.app_context(), transaction():
        clerk, administrator = make_staff(Role.FINANCE_CLERK), make_staff(Role.ADMINISTRATOR)
    sign_in(client, clerk)
    assert client.get("/styleguide").status_code == 404
    other = app.test_client()
    sign_in(other, administrator)
    assert other.get("/styleguide").status_code == 200


def test_the_style_guide_shows_every_component() -> None:
    folder = paths.shipped("templates")
    shown = "".join(
        path.read_text(encoding="utf-8")
        for path in (*folder.glob("dashboard/styleguide/*.html"), *folder.glob("layouts/*.html"))
    )
    used = set(re.findall(r'from "components/([a-z_]+)\.html"', shown))
    inner = {"choice_frame", "field_frame"}
    known = {path.stem for path in (folder / "components").glob("*.html")}
    assert known - used - inner == set()
