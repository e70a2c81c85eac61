"""Every page can be reached by following links from Today, by somebody; nobody meets a dead end."""

import re
from collections import deque
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.exceptions import HTTPException

from diversion.app import create_app
from diversion.core.database import db
from diversion.staff.models import Staff
from diversion.staff.permissions import Role
from tests import counties, databases
from tests.factories.staff import sign_in

LINK = re.compile(r'(?:href|action)="(/[^"#]*)')
# Come to by another way than a link: before signing in, by an invitation, by a machine.
OTHER_WAYS = {
    "static", "web.assets.static", "dashboard.health.healthz", "staff.sign_in.start",
    "staff.sign_in.code", "staff.sign_in.again", "staff.sign_in.factor",
    "staff.sign_in.factor_picture", "staff.sign_in.welcome", "staff.leaving.unlock",
    # Come to by sending a file.
    "community_court.imports.check", "community_court.imports.show", "community_court.lists.check",
    "sbad.imports.check", "sbad.imports.done", "sbad.imports.refused_rows",
}  # fmt: skip
PAGES_OF_A_KIND = 5  # how many addresses of one endpoint are opened
ROLES = [role for role in Role if role not in {Role.TEAM_ANALYST}]


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    county = counties.fictional(tmp_path_factory)
    url = f"sqlite:///{county / 'county' / 'diversion.sqlite3'}"
    return create_app({**databases.settings(county), "DATABASE_URL": url})


@pytest.fixture(scope="module")
def reached(program: Flask) -> dict[str, dict[str, int]]:
    """Return, by endpoint, the addresses that somebody reached and their status."""
    with program.app_context():
        staff = list(db.session.scalars(select(Staff)))
    found: dict[str, dict[str, int]] = {}
    for person in staff:
        client = program.test_client()
        sign_in(client, person)
        for endpoint, pages in _walk(program, client).items():
            found.setdefault(endpoint, {}).update(pages)
    return found


def _walk(program: Flask, client: FlaskClient) -> dict[str, dict[str, int]]:
    seen: dict[str, dict[str, int]] = {}
    waiting, known = deque(["/"]), {"/"}
    while waiting:
        address = waiting.popleft()
        endpoint = _endpoint(program, address)
        if endpoint is None or len(seen.get(endpoint, {})) >= PAGES_OF_A_KIND:
            continue
        page = client.get(address)
        seen.setdefault(endpoint, {})[address] = page.status_code
        if page.mimetype == "text/html":
            for link in map(unescape, LINK.findall(page.get_data(as_text=True))):
                if link not in known:
                    known.add(link)
                    waiting.append(link)
    return seen


def _endpoint(program: Flask, address: str) -> str | None:
    """Return what answers a GET of `address`; None for addresses that are only posted to."""
    path, _, query = address.partition("?")
    try:
        endpoint, _ = program.url_map.bind("localhost").match(path, method="GET", query_args=query)
    except HTTPException:
        return None
    return str(endpoint)


def test_every_page_is_reached_by_links(program: Flask, reached: dict[str, dict[str, int]]) -> None:
    pages = {rule.endpoint for rule in program.url_map.iter_rules() if "GET" in rule.methods}
    assert pages - set(reached) - OTHER_WAYS == set()


def test_no_link_leads_to_an_error(reached: dict[str, dict[str, int]]) -> None:
    bad = {
        address: status
        for pages in reached.values()
        for address, status in pages.items()
        if status >= 400
    }
    assert bad == {}
