"""Find a name among 20,000 people of one side, beside the loop that only opens and compares.

Source of the target: performance.md, section 3.
"""

import json
import sqlite3
import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.keywrap import aes_key_unwrap
from flask import Flask
from sqlalchemy import insert

from benchmarks.county import statements
from benchmarks.report import Row
from benchmarks.timing import Job, in_turn
from diversion.app import create_app
from diversion.core import clock, keys
from diversion.core.database import db, reading, transaction
from diversion.core.keys import Key
from diversion.core.tracks import Track
from diversion.participants import data_keys, search
from diversion.participants.identity import Identity
from diversion.participants.models import DataKey, Envelope, Participant, Status
from diversion.staff.models import Staff
from diversion.staff.permissions import Role
from tests import databases
from tests.factories.staff import make_staff

PEOPLE = 20_000
TRACK = Track.COMMUNITY_COURT
FIRST = ("Juniper", "Marlo", "Wren", "Sage", "Rowan", "Linden", "Aster", "Briar")
SYLLABLES = ("ha", "qui", "fen", "ash", "lar", "mo", "thor", "va", "bir", "ree")
ASKED = "Quilliam"


def a_county(people: int = PEOPLE) -> tuple[Flask, int, Path]:
    """Make the program with `people` on one side, written with one statement a table."""
    folder = Path(tempfile.mkdtemp(prefix="dvbench"))
    file = folder / "county" / "diversion.sqlite3"
    file.parent.mkdir()
    databases.migrate(f"sqlite:///{file}", folder)
    app = create_app({**databases.settings(folder), "DATABASE_URL": f"sqlite:///{file}"})
    with app.app_context(), transaction():
        staff = make_staff(Role.COURT_COORDINATOR)
        rows = list(_people(people))
        for place, table in enumerate((Participant, DataKey, Envelope)):
            db.session.execute(insert(table), [row[place] for row in rows])
        return app, staff.id, file


def _people(count: int) -> Iterator[tuple[dict[str, Any], ...]]:
    outer, now = keys.compartment(TRACK), clock.now()
    for number in range(1, count + 1):
        secret = keys.new_secret()
        who = {"participant_id": number, "track": TRACK}
        yield (
            {
                "id": number, "number": f"26-{number:05}", "track": TRACK, "language": "en",
                "registered_on": now.date(), "status": Status.ACTIVE,
            },
            {**who, "key_id": outer.id, "wrapped": keys.wrap(outer.secret, secret)},
            {
                **who, "sealed_at": now,
                "sealed": data_keys.seal_identity(Key(number, secret), TRACK, _identity(number)),
            },
        )  # fmt: skip


def _identity(number: int) -> Identity:
    """Return one of some thousands of names, each last one borne by two people."""
    ends = (SYLLABLES[number // step % 10] for step in (1, 10, 100, 1000))
    last = ASKED if number % 100 == 0 else "".join(ends).capitalize()
    return Identity(first=FIRST[number % 8], last=last)


def ours(people: int = PEOPLE) -> Job:
    app, staff_id, _file = a_county(people)
    return partial(_search, app, staff_id)


def _search(app: Flask, staff_id: int) -> None:
    with app.app_context():
        with reading():
            staff = db.session.get_one(Staff, staff_id)
            found = search.search(TRACK, ASKED, by=staff)
        if not found:
            raise RuntimeError("nobody found")
        db.session.remove()


def bare(people: int = PEOPLE) -> Job:
    """Make the job: fetch, unwrap the key, open, read the JSON, compare the last name."""
    app, _staff_id, file = a_county(people)
    with app.app_context():
        outer = keys.compartment(TRACK).secret
        db.session.remove()
    return partial(_loop, sqlite3.connect(file), outer)


def _loop(connection: sqlite3.Connection, outer: bytes) -> None:
    rows = connection.execute(
        "SELECT d.participant_id, wrapped, sealed FROM data_key d"
        " JOIN envelope e ON e.participant_id = d.participant_id WHERE d.track = ?",
        (TRACK.value,),
    )
    found = 0
    for number, wrapped, sealed in rows:
        place = f"{TRACK.value}|envelope|sealed|{number}".encode()
        opener = AESGCM(aes_key_unwrap(outer, wrapped))
        plain = json.loads(opener.decrypt(sealed[5:17], sealed[17:], sealed[:5] + place))
        found += ASKED.lower() in plain["last"].lower()
    if not found:
        raise RuntimeError("nobody found")


def measure() -> list[Row]:
    """Measure one search and return the row of the report."""
    found = in_turn({"limit": bare, "ours": ours}, rounds=5, warm_up=1)
    return [Row("find a name of 20,000", found["ours"], found["limit"], 1.5, statements(ours(200)))]
