"""Tell whoever looks at a roll what someone else marked, where two marks differ."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from diversion.core.among import among
from diversion.core.database import db
from diversion.sbad.attendance.models import AttendanceMark
from diversion.sbad.attendance.rules import Presence
from diversion.sbad.attendance.whole import Key
from diversion.staff.models import Staff

M = AttendanceMark


@dataclass(frozen=True)
class Made:
    """A mark and whose it is."""

    value: Presence
    minutes: int | None
    marked_at: datetime
    name: str
    missed: str

    @property
    def code(self) -> str:
        """Return the mark as a button sends it back."""
        return f"{self.value.value}:{self.minutes or ''}:{self.missed}"


@dataclass(frozen=True)
class Difference:
    """Two marks for one person, as one of the two who made them sees it."""

    yours: Made
    theirs: Made


def seen_by(staff_id: int, registration_ids: Collection[int]) -> dict[Key, Difference]:
    """Return the last two marks of these registrations in each roll: one statement."""
    if not registration_ids:
        return {}
    found: dict[Key, list[tuple[int, Made]]] = {}
    for row in db.session.execute(_MADE, {"ids": list(registration_ids)}):
        found.setdefault((row[0], row[1]), []).append((row[2], Made(*row[3:])))
    return {each: _sides(staff_id, *pair[:2]) for each, pair in found.items() if len(pair) > 1}


def _sides(staff_id: int, last: tuple[int, Made], before: tuple[int, Made]) -> Difference:
    """Whoever made neither is shown the last as theirs to keep or not."""
    is_own = last[0] == staff_id
    yours, theirs = (last, before) if is_own else (before, last)
    return Difference(yours[1], theirs[1])


_WHAT = M.module, M.marked_by, M.value, M.minutes, M.marked_at, Staff.name, M.missed
_MADE = (
    select(M.registration_id, *_WHAT)
    .join(Staff, Staff.id == M.marked_by)
    .where(among(M.registration_id), M.is_late.is_(False))
    .order_by(M.registration_id, M.version.desc())
)
