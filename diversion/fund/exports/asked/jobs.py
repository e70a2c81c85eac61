"""Make the files that were asked for, and delete those that are old."""

import shutil
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from zoneinfo import ZoneInfo

from flask import current_app

from diversion.core import clock, leases
from diversion.core.database import db, transaction
from diversion.core.errors import Unavailable
from diversion.fund.exports.asked import making, services, turns
from diversion.fund.exports.asked.making import Stopped, Superseded
from diversion.fund.exports.asked.models import FileState
from diversion.fund.exports.asked.turns import Turn
from diversion.web.calendar import court_zone


def make_asked_files() -> None:
    """Make every file that waits; where another process is at it, leave them to that one."""
    data = Path(current_app.config["DATA_FOLDER"])
    with leases.held(db.engine, data, leases.EXPORTS) as is_mine:
        while is_mine and (turn := _take()) is not None:
            with _room(data / "exports") as folder:
                _make(turn, folder)


def drop_asked_files() -> None:
    """Delete the files that are over for a week."""
    with transaction():
        services.drop_old(clock.now())


def _take() -> Turn | None:
    if making.stopping.is_set():
        return None
    with transaction():
        return turns.take(clock.now())


def _make(turn: Turn, folder: Path) -> None:
    """Make a file; what hinders it is noted with it, and goes on to the row of this run."""
    try:
        making.make(turn, ZoneInfo(court_zone()), folder)
    except Superseded:
        db.session.rollback()
    except Stopped:
        _lay_down(turn)
    except Unavailable:
        db.session.rollback()  # the next run begins anew
        raise
    except Exception:
        db.session.rollback()
        _fail(turn)
        raise


def _lay_down(turn: Turn) -> None:
    with transaction():
        turns.lay_down(turn)


def _fail(turn: Turn) -> None:
    with transaction():
        services.settle(turn.file_id, turn.number, FileState.FAILED, now=clock.now())


@contextmanager
def _room(folder: Path) -> Generator[Path]:
    """Give an empty folder of one's own; what a killed process left there goes first."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True, mode=0o700)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
