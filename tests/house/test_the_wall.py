"""Walk along the wall: every role, every route, with ids of the other side in every place.

New routes are walked by themselves: what there is to open is read from the program.
"""

import re
import shutil
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from diversion.app import create_app
from diversion.core.database import Base, db, transaction
from diversion.core.tracks import Track
from diversion.participants import queries
from diversion.participants.models import Participant
from diversion.staff.models import Staff
from diversion.staff.permissions import SIDES, Role
from tests import counties
from tests.canaries import Canaries
from tests.factories.staff import make_staff, sign_in
from tests.house import walks as everybodys
from tests.house import wall

OTHER = {Track.COMMUNITY_COURT: Track.SBAD, Track.SBAD: Track.COMMUNITY_COURT}
# Places that look like ids and are none of a person's: words, staff, sign-in sessions.
NOT_ABOUT_PEOPLE = ("staff.", "dashboard.help.", "web.")
DAYS = {"day", "month", "year"}
FORM_KEY = re.compile(rb"[\w-]{20,}\.[\w-]{4,}\.[\w-]{20,}")
Samples = dict[tuple[str, str], list[dict[str, Any]]]
WALKERS = [
    (role, track)
    for role in Role
    for track in (sorted(SIDES[role]) or [None])  # a deputy works on one side at a time
]


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """A county of one's own, since the walk also sends forms."""
    made = counties.fictional(tmp_path_factory)
    mine = tmp_path_factory.mktemp("wall")
    shutil.copytree(made, mine, dirs_exist_ok=True)
    return create_app(counties.settings(Path(mine)))


@pytest.fixture(scope="module")
def sides(program: Flask) -> dict[Track, dict[str, str]]:
    """Return what stands on each side of the wall, and in which table."""
    with program.app_context():
        found = {track: wall.ids_of(track) for track in Track}
    assert all(len(set(ids.values())) > 8 for ids in found.values())
    return found


@pytest.fixture(scope="module")
def tables(sides: dict[Track, dict[str, str]]) -> dict[str, str]:
    return {each: table for ids in sides.values() for each, table in ids.items()}


# An auditor stands on no side and reads these, with numbers and without names.
PAPERS_ABOUT_MONEY = (
    "/fund/", "/fees/changes/", "/fees/identifications/", "/fees/receipts/", "/fees/refunds/",
    "/fees/returned/", "/fees/state-receipts/", "/fees/state-returns/", "/fees/unplaced/",
)  # fmt: skip


@pytest.fixture(scope="module")
def walks(program: Flask, tmp_path_factory: pytest.TempPathFactory) -> dict[Staff, wall.Seen]:
    """What everybody who works in the county comes across by following links."""
    with program.app_context():
        staff = list(db.session.scalars(select(Staff)))
        for person in staff:
            person.sides()  # while the roles can still be read
    found = everybodys.by_everybody(tmp_path_factory).pages
    return {person: wall.seen_of(program, found[person.email]) for person in staff}


@pytest.fixture(scope="module")
def samples(walks: dict[Staff, wall.Seen]) -> Samples:
    """Real addresses of every kind."""
    found: Samples = defaultdict(list)
    for seen in walks.values():
        for kind, parts in seen.parts.items():
            found[kind] += parts
    return found


@pytest.fixture(scope="module")
def secrets(program: Flask) -> dict[Track, Canaries]:
    """What tells who somebody is, by side: names, telephones, cases, public numbers."""
    with program.app_context():
        found = {track: _secrets_of(track) for track in Track}
    return {track: Canaries.of(found[track] - found[OTHER[track]]) for track in Track}


def _secrets_of(track: Track) -> set[str]:
    people = queries.opened(track, select(Participant.id).filter_by(track=track))
    return {
        secret
        for each in people
        for secret in (
            each.number, each.identity.shown, f"{each.identity.last}, {each.identity.first}",
            *each.identity.case_numbers, *(phone.e164 for phone in each.identity.phones),
        )
    }  # fmt: skip


def _walker(program: Flask, role: Role, track: Track | None) -> Staff:
    with program.app_context(), transaction():
        return make_staff(role, track=track)


def _told(answer: Any, address: str) -> tuple[int, bytes]:
    """Return what a stranger can learn from an answer: without form keys, and what was asked."""
    body = FORM_KEY.sub(b"#", answer.data)
    for part in address.split("/"):
        body = body.replace(part.encode(), b"#") if any(sign.isdigit() for sign in part) else body
    return answer.status_code, body.replace(b"zzzzzzzzzz", b"#")


def _answer(client: FlaskClient, method: str, address: str) -> tuple[int, bytes]:
    """Send it; whatever a form said that was taken after all is out of the way of the next."""
    answer = _told(client.open(address, method=method), address)
    if answer[0] != 404:
        client.get("/healthz")
    return answer


@pytest.mark.parametrize(
    "others", [wall.OTHER_TABLES, pytest.param(len(Base.metadata.tables), marks=pytest.mark.soak)]
)
@pytest.mark.parametrize(("role", "track"), WALKERS)
def test_an_id_of_the_other_side_is_as_absent_as_any_az_02(
    program: Flask,
    sides: dict[Track, dict[str, str]],
    tables: dict[str, str],
    samples: Samples,
    role: Role,
    track: Track | None,
    others: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(wall, "OTHER_TABLES", others)
    staff = _walker(program, role, track)
    strangers = {
        each: table for side, ids in sides.items() if side is not track
        for each, table in ids.items()
    }  # fmt: skip
    client = program.test_client()
    sign_in(client, staff, track=track)
    told = []
    for route, method in wall.open_to(program, staff):
        if route.endpoint.startswith(NOT_ABOUT_PEOPLE):
            continue
        if track is None and route.rule.startswith(PAPERS_ABOUT_MONEY):
            continue
        known = samples[route.endpoint, method]
        looked: dict[str, tuple[int, bytes]] = {}
        for there, nowhere in wall.attempts(program, route, known, strangers, tables):
            answer = _answer(client, method, there)
            if nowhere not in looked:
                looked[nowhere] = _answer(client, method, nowhere)
            absent = looked[nowhere]
            if answer != absent or answer[0] != 404:
                told.append((method, there, answer[0], absent[0]))
    assert told == []


def test_every_route_about_people_is_walked(
    program: Flask,
    tables: dict[str, str],
    samples: Samples,
) -> None:
    passed_by = [
        route.rule
        for route in program.url_map.iter_rules()
        if route.rule.startswith(("/court", "/classes", "/roll", "/fees"))
        and set(route.arguments) - DAYS
        and not any(wall.attempts(program, route, samples[route.endpoint, "GET"], tables, tables))
    ]
    assert passed_by == []


@pytest.mark.parametrize("track", [Track.COMMUNITY_COURT, Track.SBAD], ids=["court", "classes"])
def test_nobody_sees_anybody_of_the_other_side_az_05(
    walks: dict[Staff, wall.Seen], secrets: dict[Track, Canaries], track: Track
) -> None:
    mine = [seen for person, seen in walks.items() if person.sides() == {track}]
    assert sum(len(seen.bodies) for seen in mine) > 50
    pages = [page for seen in mine for page in seen.bodies.items()]
    found = {address: secrets[OTHER[track]].in_bytes(body) for address, body in pages}
    assert {address: names for address, names in found.items() if names} == {}
    assert any(secrets[track].in_bytes(body) for _address, body in pages)
