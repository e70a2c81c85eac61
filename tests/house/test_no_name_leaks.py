"""No name of the fictional county lies anywhere but in its envelope."""

import base64
import gzip
import io
import logging
import os
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from diversion.app import create_app
from diversion.core.database import db
from diversion.core.tracks import Track
from diversion.participants import queries
from diversion.participants.models import Participant
from diversion.staff.models import Staff
from tests import counties, databases
from tests.canaries import Canaries
from tests.factories.staff import sign_in

ADDS_PEOPLE = """
import sys
from tests import databases
from pathlib import Path
from diversion.app import create_app
from diversion.core.database import transaction
from diversion.core.tracks import Track
from tests.factories.participants import make_participant
folder = Path(sys.argv[1])
app = create_app({**databases.settings(folder), "DATABASE_URL": sys.argv[2]})
with app.app_context():
    for number in range(10_000):
        with transaction():
            for each in range(20):
                make_participant(Track.SBAD, "Quillonia", f"Vexmarrow{number}")
        print(number, flush=True)
"""


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return counties.fictional(tmp_path_factory)


@pytest.fixture(scope="module")
def program(county: Path) -> Flask:
    return create_app(counties.settings(county))


@pytest.fixture(scope="module")
def canaries(program: Flask) -> Canaries:
    """Surnames, telephone numbers and case numbers of everybody in the county."""
    with program.app_context():
        people = [
            person.identity
            for track in Track
            for person in queries.opened(track, select(Participant.id).filter_by(track=track))
        ]
    assert len(people) > 40
    return Canaries.of(
        {secret for each in people for secret in (each.last, *each.case_numbers)}
        | {phone.e164 for each in people for phone in each.phones}
    )


def test_the_search_itself_finds_a_name_in_every_shape() -> None:
    looking = Canaries.of(["Vexmarrow"])
    zipped = io.BytesIO()
    with zipfile.ZipFile(zipped, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("inside.txt", "a Vexmarrow b")
    for hidden in (
        b"x Vexmarrow y", "Vexmarrow".encode("utf-16-le"), base64.b64encode(b"a Vexmarrow"),
        base64.b64encode(b"abVexmarrow!"), gzip.compress(b"Vexmarrow"), zipped.getvalue(),
        b"junk" + zipped.getvalue(),
    ):  # fmt: skip
        assert looking.in_bytes(hidden) == {"Vexmarrow"}
    assert looking.in_bytes(b"nothing here") == set()


def test_no_name_lies_in_any_file_of_the_county_co_02(county: Path, canaries: Canaries) -> None:
    assert canaries.in_folder(county) == {}


def test_no_name_lies_in_what_a_killed_process_leaves_behind_co_02(
    servers: databases.Servers, tmp_path: Path
) -> None:
    url, _drop = servers.fresh("sqlite", tmp_path)
    environment = {
        **os.environ,
        "PYTHONPATH": str(Path(__file__).parents[2]),
        "TMPDIR": str(tmp_path),
    }
    with subprocess.Popen(
        [sys.executable, "-c", ADDS_PEOPLE, str(tmp_path), url],
        env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(0.05)  # somewhere inside the next transaction
        process.send_signal(signal.SIGKILL)
        _, errors = process.communicate()
    assert not errors
    assert Canaries.of(["Vexmarrow", "Quillonia"]).in_folder(tmp_path) == {}


def test_no_name_stands_in_addresses_titles_cookies_or_the_log_co_09(
    program: Flask, canaries: Canaries, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with program.app_context():
        staff = list(db.session.scalars(select(Staff)))
    for person in staff:
        client = program.test_client()
        sign_in(client, person)
        for address in ("/", "/court/participants", "/classes/participants", "/fees/accounts"):
            page = client.get(address)
            head = b"".join(f"{name}: {value}".encode() for name, value in page.headers)
            title = page.data.partition(b"<title>")[2].partition(b"</title>")[0]
            assert canaries.in_bytes(head + title) == set()
        cookie = client.get_cookie("sid")
        assert cookie is not None
        assert canaries.in_bytes(cookie.value.encode()) == set()
    assert canaries.in_bytes(caplog.text.encode()) == set()
