"""Take the files that wait, one after the other, each under a turn of its own."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from diversion.core.database import db
from diversion.fund.exports.asked import pieces, services
from diversion.fund.exports.asked.models import AskedFile, FileState
from diversion.fund.exports.asked.queries import UNDONE
from diversion.fund.exports.services import AsOf
from diversion.ledger.closed import head_at
from diversion.ledger.extracts import Range

MOST_TURNS = 5


@dataclass(frozen=True)
class Turn:
    """A file that this process makes now, and as what it was asked for."""

    file_id: int
    number: int
    asked: AsOf


def take(now: datetime) -> Turn | None:
    """Begin the file that waits longest; one that was cut short begins anew.

    Whoever calls this holds the lease, so what is being made was left by a process that
    is gone. One that was begun too often fails.
    """
    waiting = select(AskedFile).where(AskedFile.state.in_(UNDONE)).order_by(AskedFile.id)
    for file in db.session.scalars(waiting.with_for_update()):
        pieces.drop(file.id)
        file.state, file.turn, file.read = FileState.MAKING, file.turn + 1, 0
        db.session.flush()
        if file.turn <= MOST_TURNS:
            return Turn(file.id, file.turn, asked(file))
        services.settle(file.id, file.turn, FileState.FAILED, now=now)
    return None


def asked(file: AskedFile) -> AsOf:
    """Return as what a file was asked for."""
    days = Range(file.first_on, file.last_on, file.last_entry)
    return AsOf(file.kind, days, head_at(file.last_entry), file.closed)


def lay_down(turn: Turn) -> None:
    """Let a file wait again that was begun and is not this process's to finish."""
    services.change(turn.file_id, turn.number, state=FileState.WAITING, turn=turn.number - 1)
