"""A page about a person leaves its row in the log first, or is not shown."""

import json
import re

import pytest
from flask import Flask
from sqlalchemy import select

from diversion.audit.models import Act, AuditRow
from diversion.core.database import db, transaction
from diversion.core.tracks import Track
from diversion.staff.permissions import Role
from tests import intruder
from tests.factories.participants import make_participant
from tests.factories.staff import make_staff, sign_in

SIDES = [
    (Track.COMMUNITY_COURT, Role.COURT_COORDINATOR, "/court/participants"),
    (Track.SBAD, Role.SBAD_COORDINATOR, "/classes/participants"),
]


def _rows(act: Act) -> list[AuditRow]:
    return list(db.session.scalars(select(AuditRow).where(AuditRow.act == act)))


@pytest.mark.parametrize(("track", "role", "address"), SIDES)
def test_what_can_not_be_recorded_is_not_shown_co_01(
    app: Flask, track: Track, role: Role, address: str
) -> None:
    with app.app_context(), transaction():
        rosa = make_staff(role)
        person = make_participant(track, "Juniper", "Halestrom")
    with app.app_context():
        intruder.force("ALTER TABLE audit_object RENAME TO gone")
    client = app.test_client()
    sign_in(client, rosa)
    for answer in (
        client.get(f"{address}/{person.number}"),
        client.post(address, data={"q": "halestrom", "text": "halestrom", "find": "halestrom"}),
    ):
        assert answer.status_code == 503
        assert "Halestrom" not in answer.text


@pytest.mark.parametrize(("track", "role", "address"), SIDES)
def test_every_number_that_a_page_shows_is_in_its_row_co_01(
    app: Flask, track: Track, role: Role, address: str
) -> None:
    with app.app_context(), transaction():
        rosa = make_staff(role)
        people = [make_participant(track, first, "Halestrom") for first in ("Ash", "Rowan")]
    client = app.test_client()
    sign_in(client, rosa)
    answer = client.post(address, data={"q": "halestrom", "text": "halestrom"})
    assert answer.text.count("Halestrom") >= 2
    shown = set(re.findall(r"\b\d\d-\d{4}-\d\b", answer.text))
    assert shown == {person.number for person in people}
    with app.app_context():
        row = _rows(Act.SEARCHED)[-1]
        assert set(json.loads(row.objects)) == {f"participant:{number}" for number in shown}
        assert (row.actor, row.origin.partition(":")[0]) == (rosa.id, "request")


@pytest.mark.parametrize(("track", "role", "address"), SIDES)
def test_who_reaches_for_what_is_not_theirs_is_in_the_log_ad_04(
    app: Flask, track: Track, role: Role, address: str
) -> None:
    other = Track.SBAD if track is Track.COMMUNITY_COURT else Track.COMMUNITY_COURT
    with app.app_context(), transaction():
        rosa, stranger = make_staff(role), make_participant(other)
    client = app.test_client()
    sign_in(client, rosa)
    assert client.get(f"{address}/{stranger.number}").status_code == 404
    assert client.get("/staff").status_code == 404
    with app.app_context():
        rows = _rows(Act.ACCESS_REFUSED)
        assert [json.loads(row.objects) for row in rows] == [[f"participant:{stranger.number}"], []]
        assert {(row.actor, row.outcome) for row in rows} == {(rosa.id, "refused")}
