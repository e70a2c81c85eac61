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
from sqlalchemy import select

from diversion.app import create_app
from diversion.core.database import db, transaction
from diversion.core.tracks import Track
from diversion.participants import queries
from diversion.participants.models import Participant
from diversion.staff.models import Staff
from diversion.staff.permissions import SIDES, Role
from tests import counties, databases
from tests.canaries import Canaries
from tests.factories.staff import make_staff, sign_in
from tests.house import wall

OTHER = {Track.COMMUNITY_COURT: Track.SBAD, Track.SBAD: Track.COMMUNITY_COURT}
# Places that look like ids and are none of a person's: words, staff, sign-in sessions.
NOT_ABOUT_PEOPLE = ("staff.", "dashboard.help.", "web.")
CHANGES = re.compile(rb"[0-9a-f]{6,32}")
WALKERS = [
    (role, track)
    for role in Role
    for track in (sorted(SIDES[role]) or [None])  # a deputy works on one side at a time
]


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """A county of one's own, since the walk also sends forms."""
    made = counties.fictional(tmp_path_factory.getbasetemp().parent)
    mine = tmp_path_factory.mktemp("wall")
    shutil.copytree(made, mine, dirs_exist_ok=True)
    url = f"sqlite:///{mine / 'county' / 'diversion.sqlite3'}"
    return create_app({**databases.settings(Path(mine)), "DATABASE_URL": url})


@pytest.fixture(scope="module")
def sides(program: Flask) -> dict[Track, set[str]]:
    with program.app_context():
        found = {track: wall.ids_of(track) for track in Track}
    assert all(len(ids) > 8 for ids in found.values())
    return found


@pytest.fixture(scope="module")
def samples(program: Flask) -> dict[tuple[str, str], list[dict[str, Any]]]:
    """Real addresses of every kind, found by everybody who works in the county."""
    with program.app_context():
        staff = list(db.session.scalars(select(Staff)))
    found: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for person in staff:
        client = program.test_client()
        sign_in(client, person)
        for kind, parts in wall.walk(program, client).parts.items():
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


def _told(answer: Any) -> tuple[int, bytes]:
    """Return what a stranger can learn from an answer, whatever changes by itself left out."""
    return answer.status_code, CHANGES.sub(b"#", answer.data)


@pytest.mark.parametrize(("role", "track"), WALKERS)
def test_an_id_of_the_other_side_is_as_absent_as_any_az_02(
    program: Flask,
    sides: dict[Track, set[str]],
    samples: dict[tuple[str, str], list[dict[str, Any]]],
    role: Role,
    track: Track | None,
) -> None:
    staff = _walker(program, role, track)
    strangers = set().union(*(ids for side, ids in sides.items() if side is not track))
    client = program.test_client()
    sign_in(client, staff, track=track)
    told = []
    for route, method in wall.open_to(program, staff):
        if route.endpoint.startswith(NOT_ABOUT_PEOPLE) or (track is None and "fund" in route.rule):
            continue
        known = samples[route.endpoint, method]
        for there, nowhere in wall.attempts(program, route, known, strangers):
            answer, absent = (_told(client.open(each, method=method)) for each in (there, nowhere))
            if answer != absent or answer[0] != 404:
                import difflib; print('DIFF', method, there, nowhere, answer[0], [l for l in difflib.ndiff(answer[1].decode().splitlines(), absent[1].decode().splitlines()) if l[0] in '+-'])
                told.append((method, there, answer[0], absent[0]))
    assert told == []


def test_every_route_with_an_id_is_walked(
    program: Flask, samples: dict[tuple[str, str], list[dict[str, Any]]]
) -> None:
    about_people = {
        (route.endpoint, method)
        for route in program.url_map.iter_rules()
        for method in {"GET", "POST"} & set(route.methods or ())
        if route.arguments
        and route.rule.startswith(("/court", "/classes", "/roll", "/fees"))
        and not route.endpoint.startswith(NOT_ABOUT_PEOPLE)
    }
    assert about_people - {kind for kind, parts in samples.items() if parts} == set()


@pytest.mark.parametrize("track", [Track.COMMUNITY_COURT, Track.SBAD], ids=["court", "classes"])
def test_nobody_sees_anybody_of_the_other_side_az_05(
    program: Flask, secrets: dict[Track, Canaries], track: Track
) -> None:
    with program.app_context():
        staff = [
            person
            for person in db.session.scalars(select(Staff))
            if person.sides() and OTHER[track] not in person.sides()
        ]
    assert staff
    seen = {}
    for person in staff:
        client = program.test_client()
        sign_in(client, person)
        for address, body in wall.walk(program, client).bodies.items():
            if found := secrets[OTHER[track]].in_bytes(body):
                seen[address] = found
    assert seen == {}
