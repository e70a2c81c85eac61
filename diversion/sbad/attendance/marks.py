"""Add marks to a roll that is open."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from sqlalchemy import insert

from diversion.audit.models import Act
from diversion.audit.services import Fact, record
from diversion.core.database import db
from diversion.core.errors import Refused
from diversion.core.once import KeyUsedOtherwise
from diversion.core.tracks import Track
from diversion.core.words import _
from diversion.sbad.attendance import queries
from diversion.sbad.attendance.models import AttendanceMark
from diversion.sbad.attendance.rules import (
    BLANK,
    Current,
    Mark,
    Presence,
    came_to_no_blank,
    conflicts,
)
from diversion.sbad.classes import queries as classes
from diversion.sbad.classes.models import ClassSession, ClassState
from diversion.sbad.classes.rules import BEFORE_THE_DAY
from diversion.sbad.rosters.models import Registration
from diversion.staff.models import Staff


class ClassToCome(Refused):
    """Nobody is marked before the day of the class."""

    sentence = _("This class is still to come. The roll opens on its day.")


class RollFinished(Refused):
    """A finished roll is changed only by a correction."""

    sentence = _("This roll is finished. Ask the coordinator for a correction.")


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


def check_same(known: tuple[int, Presence], row: Registration, mark: Mark) -> None:
    """Let an operation stand for one mark only. Raises KeyUsedOtherwise."""
    if known != (row.id, mark.value):
        raise KeyUsedOtherwise


class Pile:
    """Marks that come together: each is put after the ones before it, all are written at once.

    `standing` is the present mark of each registration, with those of the pile.
    """

    def __init__(self, registration_ids: Collection[int], *, by: Staff, now: datetime) -> None:
        self.by, self.now = by.id, now
        self.standing = queries.current_of(registration_ids)
        self.rows: list[dict[str, Any]] = []
        self._versions: dict[int, int] = {}
        self._latest: dict[tuple[int, str], datetime] = {}
        for past in queries.past_of(registration_ids):
            known = self._versions.get(past.registration_id, 0)
            self._versions[past.registration_id] = max(known, past.version)
            if past.marked_by == self.by:
                self._latest[past.registration_id, past.device] = past.marked_at

    def current(self, row: Registration) -> Current:
        return self.standing.get(row.id, BLANK)

    def add(
        self,
        row: Registration,
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
        known = BLANK if imported else self.current(row)
        is_late = after or self._is_late(row, mark) or came_to_no_blank(mark, known)
        is_conflict = not is_late and conflicts(mark, known, self.by)
        version = self._versions[row.id] = self._versions.get(row.id, 0) + 1
        self.rows.append({
            "op": mark.op, "class_session_id": row.class_session_id, "registration_id": row.id,
            "version": version, "base_version": mark.base_version, "value": mark.value,
            "minutes": mark.minutes, "is_ahead": ahead, "is_imported": imported,
            "is_late": is_late, "is_conflict": is_conflict, "reason": reason or mark.reason,
            "missed": mark.missed,
            "batch": mark.batch, "device": mark.device, "marked_at": mark.marked_at,
            "received_at": self.now, "marked_by": self.by,
        })  # fmt: skip
        made = Current(
            mark.value, version, mark.minutes, mark.device, self.by, ahead, is_conflict,
            mark.batch, reason or mark.reason, mark.missed,
        )  # fmt: skip
        if not is_late:
            self.standing[row.id] = made
        return made

    def write(self) -> int:
        """Write the pile with one statement and return how many marks it had."""
        if self.rows:
            db.session.execute(insert(AttendanceMark), self.rows)
        return len(self.rows)

    def _is_late(self, row: Registration, mark: Mark) -> bool:
        latest = self._latest.get((row.id, mark.device))
        if latest is not None and mark.marked_at < latest:
            return True
        self._latest[row.id, mark.device] = mark.marked_at
        return False


def add_one(
    row: Registration,
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
