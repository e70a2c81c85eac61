"""Let those who write to one SQLite file take turns, in the order in which they come.

SQLite lets a writer who has to wait sleep, for up to a tenth of a second, and then lets in
whoever wakes first. Here the threads of a process stand in line, and the first of each line
locks two bytes of a file beside the database: it waits for the second byte until it is next,
and for the first until it may write. Who has written stands behind who is next, so no
process keeps another from writing. The system frees the bytes of a process that ends in
whatever way, and whoever takes no turn is still kept apart by SQLite's own lock.
"""

import fcntl
import os
import time
from collections import deque
from collections.abc import MutableMapping
from threading import Lock
from typing import Any

PAUSE = 0.0005  # seconds between two questions whether the other process has ended its turn
WRITES, NEXT = 0, 1
TURN = "turn"


class Line:
    """Those who wait in this process to write to one file; the first of them writes."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._file: int | None = None
        self._order = Lock()
        self._waiting: deque[Lock] = deque()
        self._is_taken = False

    def enter(self, seconds: float) -> bool:
        """Wait for the turn; say whether it came in time. Whoever has it calls `leave`."""
        until = time.monotonic() + seconds
        if not self._come_first(seconds):
            return False
        try:
            self._file = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            came = _lock(self._file, NEXT, until) and _lock(self._file, WRITES, until)
            fcntl.lockf(self._file, fcntl.LOCK_UN, 1, NEXT)
        except OSError:  # where no file can be made or locked, SQLite keeps processes apart
            return True
        if not came:
            self.leave()
        return came

    def leave(self) -> None:
        """End the turn and let the next one have it."""
        if self._file is not None:
            os.close(self._file)  # which frees its bytes
            self._file = None
        with self._order:
            self._is_taken = bool(self._waiting)
            if self._waiting:
                self._waiting.popleft().release()

    def _come_first(self, seconds: float) -> bool:
        mine = Lock()
        with self._order:
            if not self._is_taken:
                self._is_taken = True
                return True
            mine.acquire()
            self._waiting.append(mine)
        if mine.acquire(timeout=seconds):
            return True
        with self._order:
            if mine not in self._waiting:
                return True  # the turn came at the last moment
            self._waiting.remove(mine)
        return False


_lines: dict[str, Line] = {}
os.register_at_fork(after_in_child=_lines.clear)  # who waits in the parent doesn't wait here


def take(held: MutableMapping[str, Any], database: str | None, seconds: float) -> bool:
    """Wait for the turn to write to a database's file; say whether it came in time.

    It belongs to the connection whose facts are `held`, until `give_back`. A database in
    memory has one user and no turns.
    """
    if TURN in held or not database or database.startswith((":", "file:")):
        return True
    line = _lines.setdefault(database, Line(f"{database}-turn"))
    came = line.enter(seconds)
    if came:
        held[TURN] = line
    return came


def give_back(held: MutableMapping[str, Any]) -> None:
    """End the turn of a connection, if it has one."""
    line = held.pop(TURN, None)
    if line is not None:
        line.leave()


def _lock(file: int, place: int, until: float) -> bool:
    """Lock a byte as soon as it is free; say whether that was in time."""
    while True:
        try:
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, place)
        except BlockingIOError:  # another process has it
            if time.monotonic() > until:
                return False
            time.sleep(PAUSE)
        else:
            return True
