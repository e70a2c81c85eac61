"""Add marks to a roll that is open."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any, Protocol

from sqlalchemy import insert

from diversion.audit.models import Act
from diversion.audit.services import Fact, record
from diversion.core.database import db
from diversion.core.errors import Refused
from diversion.core.once import KeyUsedOtherwise
from diversion.core.tracks import Track
from diversion.core.words import _
from diversion.sbad.attendance import latest
from diversion.sbad.attendance.latest import MARK, Known
from diversion.sbad.attendance.rules import (
    BLANK,
    WHOLE_DAY,
    Current,
    Mark,
    came_to_no_blank,
    conflicts,
)
from diversion.sbad.attendance.whole import Key, instead
from diversion.sbad.classes import queries as classes
from diversion.sbad.classes.models import ClassSession, ClassState
from diversion.sbad.classes.rules import BEFORE_THE_DAY
from diversion.staff.models import Staff

_ADD = insert(MARK)


class ClassToCome(Refused):
    """Nobody is marked before the day of the class."""

    sentence = _("This class is still to come. The roll opens on its day.")


class RollFinished(Refused):
    """A finished roll is changed only by a correction."""

    sentence = _("This roll is finished. Ask the coordinator for a correction.")


class Marked(Protocol):
    """Whose mark it is: a registration, as an object or as a row of its table."""

    @property
    def id(self) -> int: ...

    @property
    def class_session_id(self) -> int: ...


def opened(session: ClassSession, on: date) -> ClassSession:
    """Return the class day under lock, if marks may be added on that day.

    Raises ClassToCome, RollFinished.
    """
    session = classes.locked(session.id)
    check_open(session, on)
    return session


def check_open(session: ClassSession, on: date) -> None:
    """Raise ClassToCome or RollFinished if marks may not be added on that day."""
    if session.is_over:
        raise RollFinished
    if session.held_on > on:
        raise ClassToCome


def begun(session: ClassSession) -> None:
    if session.state in BEFORE_THE_DAY:
        session.move(ClassState.IN_PROGRESS)
        db.session.flush()


def check_same(known: Known, row: Marked, mark: Mark) -> None:
    """Let an operation stand for one mark only. Raises KeyUsedOtherwise."""
    if known != (row.id, mark.module, mark.value):
        raise KeyUsedOtherwise


class Pile:
    """Marks that come together: each is put after the ones before it, all are written at once.

    `standing` are the present marks of each registration, with those of the pile.
    """

    def __init__(self, registration_ids: Collection[int], *, by: Staff, now: datetime) -> None:
        self.by, self.now = by.id, now
        self.standing: dict[Key, Current] = {}
        self.rows: list[dict[str, Any]] = []
        self._versions: dict[int, int] = {}
        self._latest: dict[tuple[int, int, str], datetime] = {}
        for past in latest.past_of(registration_ids):
            which = past.registration_id, past.module
            if past.standing.version > self.standing.get(which, BLANK).version:
                self.standing[which] = past.standing
            self._versions[which[0]] = max(self._versions.get(which[0], 0), past.version)
            if past.marked_by == self.by:
                self._latest[*which, past.device] = past.marked_at

    def current(self, row: Marked, module: int = WHOLE_DAY) -> Current:
        return self.standing.get((row.id, module), BLANK)

    def speaks(self, row: Marked, module: int) -> Current:
        """Return the mark that speaks for someone in a roll, so that no other is needed."""
        modules = {module for _row, module in self.standing}
        return instead({each: self.current(row, each) for each in modules}, module)

    def add(
        self,
        row: Marked,
        mark: Mark,
        *,
        reason: str = "",
        ahead: bool = False,
        imported: bool = False,
        after: bool = False,
    ) -> Current:
        """Put a mark on the pile and return it as the present one of its registration.

        One that its own device made before another that has already arrived is kept too,
        but does not become the present mark; nor does one of "the rest Here" for someone
        who was marked meanwhile, nor one that comes `after` the roll was finished.
        """
        known = BLANK if imported else self.current(row, mark.module)
        is_no_blank = bool(mark.batch) and came_to_no_blank(mark, self.speaks(row, mark.module))
        is_late = after or self._is_late(row, mark) or is_no_blank
        is_conflict = not is_late and conflicts(mark, known, self.by)
        version = self._versions[row.id] = self._versions.get(row.id, 0) + 1
        self.rows.append({
            "op": mark.op, "class_session_id": row.class_session_id, "registration_id": row.id,
            "version": version, "base_version": mark.base_version, "value": mark.value,
            "minutes": mark.minutes, "is_ahead": ahead, "is_imported": imported,
            "is_late": is_late, "is_conflict": is_conflict, "reason": reason or mark.reason,
            "missed": mark.missed, "module": mark.module,
            "batch": mark.batch, "device": mark.device, "marked_at": mark.marked_at,
            "received_at": self.now, "marked_by": self.by,
        })  # fmt: skip
        made = Current(
            mark.value, version, mark.minutes, mark.device, self.by, ahead, is_conflict,
            mark.batch, reason or mark.reason, mark.missed, module=mark.module,
        )  # fmt: skip
        if not is_late:
            self.standing[row.id, mark.module] = made
        return made

    def write(self) -> int:
        """Write the pile with one statement and return how many marks it had."""
        if self.rows:
            db.session.execute(_ADD, self.rows)
        return len(self.rows)

    def _is_late(self, row: Marked, mark: Mark) -> bool:
        which = row.id, mark.module, mark.device
        latest = self._latest.get(which)
        if latest is not None and mark.marked_at < latest:
            return True
        self._latest[which] = mark.marked_at
        return False


def add_one(
    row: Marked,
    mark: Mark,
    *,
    by: Staff,
    now: datetime,
    reason: str = "",
    ahead: bool = False,
) -> Current:
    """Add one mark after the ones before it and return it."""
    pile = Pile([row.id], by=by, now=now)
    made = pile.add(row, mark, reason=reason, ahead=ahead)
    pile.write()
    return made


def log(act: Act, session: ClassSession, by: Staff, **facts: Fact) -> None:
    record(act, f"class:{session.handle}", by=by, track=Track.SBAD, outcome="done", **facts)
