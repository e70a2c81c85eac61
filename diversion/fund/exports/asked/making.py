"""Make a file that was asked for: in flat memory, with few and short writes on the way."""

import threading
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from zoneinfo import ZoneInfo

from diversion.core import clock, digests
from diversion.core.database import transaction
from diversion.core.errors import Unavailable
from diversion.fund.exports import services as exports
from diversion.fund.exports.asked import pieces, services
from diversion.fund.exports.asked.models import FileState
from diversion.fund.exports.asked.turns import Turn
from diversion.fund.exports.services import AsOf, Built
from diversion.fund.leaving.models import FileKind
from diversion.ledger import extracts

STEPS = 20  # so often, at most, a file says how far it is
stopping = threading.Event()


class Superseded(Exception):
    """Another process makes this file; what this one has is not wanted."""


class Stopped(Exception):
    """The program stops; the file begins anew when it runs again."""


@dataclass
class Progress:
    """Count what was read, and say so now and then."""

    turn: Turn
    rows: int
    read: int = 0
    said: int = 0

    def __call__(self, rows: int) -> None:
        if stopping.is_set():
            raise Stopped
        self.read = min(self.read + rows, self.rows)
        if self.read - self.said >= self.rows / STEPS or self.read == self.rows:
            self.said = self.read
            _say(self.turn, read=self.read)


def make(turn: Turn, zone: ZoneInfo, folder: Path) -> None:
    """Make a file in `folder`, which is empty, and keep it sealed.

    Raises Superseded, Stopped, Unavailable, or whatever hinders the file itself.
    """
    asked = turn.asked
    rows = _rows(asked)
    _say(turn, rows=rows)
    told = replace(asked, wanted=replace(asked.wanted, told=Progress(turn, rows)))
    built = exports.make(told, zone=zone, folder=folder)
    _keep(turn, built)
    digest = digests.of_file(built.path)
    with transaction():
        _mine(services.settle(
            turn.file_id, turn.number, FileState.READY, now=clock.now(), name=built.name,
            lines=built.lines, size=built.size, sha256=digest, read=rows,
        ))  # fmt: skip


def _rows(asked: AsOf) -> int:
    """Return how many lines and receipts will be read."""
    sums = extracts.sums(asked.wanted)
    return sums.lines + (sums.receipts if asked.kind is FileKind.WORKBOOK else 0)


def _say(turn: Turn, **how_far: int) -> None:
    """Write how far a file is; while the database is busy, the next time will do."""
    try:
        with transaction():
            _mine(services.change(turn.file_id, turn.number, **how_far))
    except Unavailable:
        return


def _keep(turn: Turn, built: Built) -> None:
    with built.path.open("rb") as file:
        for place in count():
            if not (content := file.read(pieces.PIECE)):
                return
            _keep_piece(turn, place, content)


def _keep_piece(turn: Turn, place: int, content: bytes) -> None:
    with transaction():
        _mine(services.change(turn.file_id, turn.number, turn=turn.number))
        pieces.seal(turn.file_id, place, content)


def _mine(is_mine: bool) -> None:
    if not is_mine:
        raise Superseded
