"""A compartment gets a new key, and everything that was sealed still opens."""

import pytest
from click.testing import CliRunner
from flask import Flask
from sqlalchemy import select

from diversion.audit.models import Act, AuditRow
from diversion.cli import group
from diversion.core import keys
from diversion.core.database import db, transaction
from diversion.core.tracks import Track
from diversion.participants import queries, rewrapping
from diversion.participants.models import DataKey, Participant
from tests.factories.participants import make_participant

NAMES = {"Hale", "Moss", "Lind", "Voss", "Park"}


@pytest.fixture
def county(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Flask:
    with app.app_context(), transaction():
        for last in sorted(NAMES):
            make_participant(Track.SBAD, last=last)
        make_participant(Track.COMMUNITY_COURT)
    monkeypatch.setattr(rewrapping.rewrap_some, "__kwdefaults__", {"most": 2})
    return app


def _renew(app: Flask, *more: str) -> str:
    return CliRunner().invoke(group.build(lambda: app), ["keys", "renew", "sbad", *more]).output


def _versions(app: Flask, track: Track) -> set[int]:
    with app.app_context():
        used = set(db.session.scalars(select(DataKey.key_id).where(DataKey.track == track)))
        people = queries.opened(track, select(Participant.id).filter_by(track=track))
        assert track is Track.COMMUNITY_COURT or {each.identity.last for each in people} == NAMES
        return used


def test_a_renewed_compartment_wraps_everybody_of_its_own_re_17(county: Flask) -> None:
    before, other = (_versions(county, track) for track in (Track.SBAD, Track.COMMUNITY_COURT))
    assert _renew(county).startswith("5 keys wrapped.")
    after = _versions(county, Track.SBAD)
    assert len(after) == 1
    assert after != before
    assert _versions(county, Track.COMMUNITY_COURT) == other
    assert _renew(county, "--go-on").startswith("0 keys wrapped.")
    assert _versions(county, Track.SBAD) == after
    with county.app_context():
        acts = list(db.session.scalars(select(AuditRow.act)))
    assert (acts.count(Act.KEYS_RENEWED), acts.count(Act.KEYS_REWRAPPED)) == (1, 3)


def test_a_renewal_that_was_cut_short_goes_on_re_17(
    county: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrapped: list[bytes] = []

    def fail_in_the_middle(outer: bytes, secret: bytes) -> bytes:
        wrapped.append(secret)
        if len(wrapped) == 5:  # the new key itself, one lot of two, and into the next
            raise OSError
        return real(outer, secret)

    real = keys.wrap
    monkeypatch.setattr(keys, "wrap", fail_in_the_middle)
    assert _renew(county) == ""
    monkeypatch.setattr(keys, "wrap", real)
    assert len(_versions(county, Track.SBAD)) == 2  # both open
    assert _renew(county).startswith("3 keys wrapped.")
    assert len(_versions(county, Track.SBAD)) == 1
    with county.app_context():
        assert keys.compartment(Track.SBAD).id in _versions(county, Track.SBAD)
