"""Let one process among several be the leader, until it ends in whatever way.

The kernel frees a file's lock and PostgreSQL a session's, also after kill -9.
"""

import fcntl
import os
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.engine import Engine

LEADER = 0x4449_564C


@contextmanager
def leader(engine: Engine, folder: Path) -> Generator[bool]:
    """Yield whether this process leads; the lease lasts as long as the block.

    On SQLite all processes share `folder`; on PostgreSQL they may run on several machines.
    """
    if engine.dialect.name == "postgresql":
        with _by_database(engine) as leads:
            yield leads
    else:
        with _by_file(folder / "scheduler.lock") as leads:
            yield leads


@contextmanager
def _by_file(path: Path) -> Generator[bool]:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True
    finally:
        os.close(descriptor)


@contextmanager
def _by_database(engine: Engine) -> Generator[bool]:
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        lock = {"lock": LEADER}
        leads = bool(connection.scalar(text("SELECT pg_try_advisory_lock(:lock)"), lock))
        try:
            yield leads
        finally:
            if leads:
                connection.execute(text("SELECT pg_advisory_unlock(:lock)"), lock)
