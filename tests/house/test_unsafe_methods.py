"""What only looks changes nothing, and what changes something needs the key of its form."""

import pytest
from flask import Flask
from sqlalchemy import select

from diversion.app import create_app
from diversion.core.database import db
from diversion.staff.models import Staff
from tests import counties, databases, recorded
from tests.factories.staff import sign_in
from tests.house import walks, wall

LOG = {"audit_row", "audit_object"}


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    county = counties.fictional(tmp_path_factory)
    url = f"sqlite:///{county / 'county' / 'diversion.sqlite3'}"
    told = {**databases.settings(county), "DATABASE_URL": url, "WTF_CSRF_ENABLED": True}
    return create_app(told)


@pytest.fixture(scope="module")
def staff(program: Flask) -> list[Staff]:
    with program.app_context():
        everybody = list(db.session.scalars(select(Staff).order_by(Staff.id)))
        return [each for each in everybody if each.roles]


def test_every_post_without_its_token_is_refused_se_07(program: Flask, staff: list[Staff]) -> None:
    client = program.test_client()
    taken = []
    for number, rule in enumerate(program.url_map.iter_rules()):
        unsafe = set(rule.methods or ()) & recorded.UNSAFE
        if not unsafe:
            continue
        parts = {**wall._made_up(rule), "token": "z" * 43}  # that of a link is as long as that
        path = wall.build(program, rule, {name: parts[name] for name in rule.arguments})
        assert path, rule
        sign_in(client, staff[number % len(staff)])
        for body in ({}, {"csrf_token": "IjAi.aaaa.bbbb"}):
            status = client.open(path, method=min(unsafe), data=body).status_code
            taken += [path] if status != 400 else []
    assert taken == []


def test_no_get_changes_the_county_se_07(tmp_path_factory: pytest.TempPathFactory) -> None:
    walked = walks.by_everybody(tmp_path_factory)
    assert sum(len(pages) for found in walked.pages.values() for pages in found.values()) > 500
    assert "audit_row" in walked.changed
    assert walked.changed - LOG - {"sign_in_session"} == set()
