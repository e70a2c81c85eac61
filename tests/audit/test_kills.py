"""A process that is killed leaves a change and its row in the log, or neither."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from diversion.audit.models import Act, AuditRow
from diversion.audit.verify import verify
from diversion.core.database import db, transaction
from diversion.core.tracks import Track
from diversion.participants import queries
from diversion.participants.models import Participant
from diversion.staff.permissions import Role
from tests.factories.staff import make_staff

# It begins a child for every line, since what takes long is to begin; the child is killed, so it
# writes each line at once: a print without a buffer writes the line and its end apart.
REGISTERS = """
import os, sys
from pathlib import Path
from diversion.app import create_app
from diversion.core.database import db, transaction
from diversion.core.tracks import Track
from diversion.staff.models import Staff
from tests import databases
from tests.factories.participants import make_participant
folder, url, clerk = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
def register():
    app = create_app({**databases.settings(folder), "DATABASE_URL": url})
    with app.app_context():
        while True:
            with transaction():
                make_participant(Track.SBAD, by=db.session.get_one(Staff, clerk))
            os.write(1, b"kept\\n")
while sys.stdin.readline():
    child = os.fork()
    if child == 0:
        print(os.getpid(), flush=True)
        register()
    os.waitpid(child, 0)
    print("killed", flush=True)
"""


Parent = subprocess.Popen[str]


@contextmanager
def _parent(folder: Path, url: str, clerk: int) -> Generator[Parent]:
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    with subprocess.Popen(
        [sys.executable, "-c", REGISTERS, str(folder), url, str(clerk)],
        env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip
        yield process


def _register_until_killed(parent: Parent, seconds: float) -> int:
    """Return how many registrations a child said were kept before it was killed."""
    assert parent.stdin is not None
    assert parent.stdout is not None
    parent.stdin.write("begin\n")
    parent.stdin.flush()
    child = int(parent.stdout.readline())
    assert parent.stdout.readline() == "kept\n"
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    return 1 + sum(line == "kept\n" for line in iter(parent.stdout.readline, "killed\n"))


def _check(app: Flask, promised: int) -> None:
    """Nothing that was promised is lost; each person has a row and an envelope that opens."""
    with app.app_context():
        people = select(Participant.id).where(Participant.track == Track.SBAD)
        registered = select(func.count()).where(AuditRow.act == Act.PARTICIPANT_REGISTERED)
        rows = db.session.scalar(registered)
        assert len(list(queries.opened(Track.SBAD, people))) == rows
        assert promised <= (rows or 0)
        assert verify().exit_code == 0
        db.session.remove()


def _rounds(app: Flask, folder: Path, times: int) -> int:
    """Return how many registrations were promised before the kills, all of them kept."""
    url = app.config["SQLALCHEMY_DATABASE_URI"]
    chance, promised = random.Random(times), 0
    with app.app_context(), transaction():
        clerk = make_staff(Role.SBAD_COORDINATOR).id
    with _parent(folder, url, clerk) as parent:
        for _round in range(times):
            promised += _register_until_killed(parent, chance.uniform(0, 0.1))
            _check(app, promised)
    return promised


def test_a_kill_leaves_matching_counts_ad_03(app: Flask, tmp_path: Path) -> None:
    assert _rounds(app, tmp_path / "other", 2) >= 2


@pytest.mark.soak
def test_fifty_kills_leave_matching_counts_ad_03(app: Flask, tmp_path: Path) -> None:
    assert _rounds(app, tmp_path / "other", 50) >= 50
