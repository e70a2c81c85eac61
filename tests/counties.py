"""Make the fictional county once for a whole test run, for the tests that only read it."""

import fcntl
import os
import shutil
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from flask_migrate import upgrade

from diversion.app import create_app
from diversion.cli.rehearsal import story
from diversion.core import clock, keys
from diversion.core.database import db, transaction
from tests import databases

DAYS = 140
ZONE = "America/Los_Angeles"


def settings(folder: Path, url: str = "") -> dict[str, Any]:
    """Return what its programs run with: the month that waits to be closed ends a year."""
    return {
        **databases.settings(folder),
        "DATABASE_URL": url or f"sqlite:///{folder / 'county' / 'diversion.sqlite3'}",
        **of_the_year(),
    }


def of_the_year() -> dict[str, Any]:
    """Return what a program must be told that shows such a county."""
    return {"FISCAL_YEAR_STARTS": clock.today(ZONE).month}


def of_this_run(folders: pytest.TempPathFactory) -> Path:
    """Return the folder that all processes of a run have in common."""
    own = folders.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@contextmanager
def alone(folder: Path) -> Generator[None]:
    """Let the processes of a test run come one after the other."""
    with (folder / "county.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def fictional(folders: pytest.TempPathFactory) -> Path:
    """Return the folder of a fictional county on SQLite, made once in a run."""
    shared = of_this_run(folders)
    folder = shared / "fictional"
    with alone(shared):
        if not (folder / "whole").exists():
            for old in (folder, _untouched(folder)):
                shutil.rmtree(old, ignore_errors=True)
            rehearse(folder)
            shutil.copytree(folder, _untouched(folder))
            (folder / "whole").touch()
    return folder


def untouched(folders: pytest.TempPathFactory) -> Path:
    """Return the folder of the same county as it was made: no test has signed in to it."""
    return _untouched(fictional(folders))


def _untouched(folder: Path) -> Path:
    return folder.with_name("untouched")


def rehearse(folder: Path, url: str = "", *, days: int = DAYS) -> story.Told:
    """Play a part of the year on the database at `url`, which may be empty or migrated."""
    (folder / "county").mkdir(parents=True, exist_ok=True)
    app = create_app(settings(folder, url))
    with app.app_context():
        upgrade()
        with transaction():
            keys.make_ring()
        told = story.tell(app.config["COURT_ZONE"], days=days)
        db.session.remove()
        db.engine.dispose()
    return told
