"""Let one process among several be the leader, until it ends in whatever way.

The kernel frees a file's lock and PostgreSQL a session's, also after kill -9.
"""

import fcntl
import os
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.engine import Engine


@dataclass(frozen=True)
class Lease:
    """Something that one process at a time does: the file it locks, or the number."""

    file: str
    number: int


LEADER = Lease("scheduler.lock", 0x4449_564C)
EXPORTS = Lease("exports.lock", 0x4449_5645)


@contextmanager
def held(engine: Engine, folder: Path, lease: Lease) -> Generator[bool]:
    """Yield whether this process has the lease, which lasts as long as the block.

    On SQLite all processes share `folder`; on PostgreSQL they may run on several machines.
    """
    if engine.dialect.name == "postgresql":
        with _by_database(engine, lease.number) as is_mine:
            yield is_mine
    else:
        with _by_file(folder / lease.file) as is_mine:
            yield is_mine


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
def _by_database(engine: Engine, number: int) -> Generator[bool]:
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        lock = {"lock": number}
        is_mine = bool(connection.scalar(text("SELECT pg_try_advisory_lock(:lock)"), lock))
        try:
            yield is_mine
        finally:
            if is_mine:
                connection.execute(text("SELECT pg_advisory_unlock(:lock)"), lock)
