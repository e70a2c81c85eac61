"""Ask for the marks that stand, and for what is asked on every tap: by tables, without objects."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, case, func, select

from diversion.core.among import among
from diversion.core.database import db, tuples
from diversion.sbad.attendance.models import AttendanceMark
from diversion.sbad.attendance.rules import BLANK, Current, Presence
from diversion.sbad.attendance.whole import Key
from diversion.sbad.rosters.models import SEATED, Registration, RegistrationState

MARK = AttendanceMark.metadata.tables["attendance_mark"]
M = MARK.c
R = Registration.metadata.tables["registration"].c
Known = tuple[int, int, Presence]


@dataclass(frozen=True)
class OnRoll:
    """Whose mark it is: a registration of a class day."""

    id: int
    handle: str
    class_session_id: int
    state: RegistrationState

    @property
    def is_seated(self) -> bool:
        return self.state in SEATED


@dataclass(frozen=True)
class Past:
    """What one device of one person has marked on a registration, in one roll.

    `version` and `marked_at` are the last of all; `standing` is the last that is not late.
    """

    registration_id: int
    module: int
    device: str
    marked_by: int
    version: int
    marked_at: datetime
    standing: Current


def on_roll(session_id: int, handles: Collection[str]) -> list[OnRoll]:
    """Return those registrations of a class day that bear one of `handles`."""
    values = {"session_id": session_id, "handles": list(handles)}
    return [OnRoll(*row) for row in db.session.execute(_ON_ROLL, values)]


def by_op(ops: Collection[str]) -> dict[str, Known]:
    """Return the registration, roll and value that came before under these operation ids."""
    rows = db.session.execute(_BY_OP, {"ops": list(ops)})
    return {row[0]: (row[1], row[2], row[3]) for row in rows}


def past_of(registration_ids: Collection[int]) -> list[Past]:
    """Return what each device has marked on these registrations, by its own clock."""
    rows = db.session.execute(_PAST, {"ids": list(registration_ids)})
    return [Past(*row[:6], Current(*row[6:]) if row[6] else BLANK) for row in rows]


def standing(session_id: int) -> dict[Key, Current]:
    """Return the present marks of a class day, each roll for itself."""
    return _currents(_OF_CLASS, {"session_id": session_id})


def standing_of(registration_ids: Collection[int]) -> dict[Key, Current]:
    """Return the present marks of these registrations, each roll for itself."""
    return _currents(_OF_SOME, {"ids": list(registration_ids)})


def since(session_id: int, newest: int) -> list[tuple[OnRoll, Current]]:
    """Return who was marked after the mark `newest`, of those who have a seat."""
    rows = db.session.execute(_SINCE, {"session_id": session_id, "newest": newest})
    return [(OnRoll(*row[:4]), Current(*row[4:])) for row in rows]


def _currents(query: Select[*tuple[Any, ...]], values: dict[str, Any]) -> dict[Key, Current]:
    return {(row[0], row[-1]): Current(*row[1:]) for row in tuples(query, values)}


_PERSON = R.id, R.handle, R.class_session_id, R.state
_CURRENT = (
    M.value, M.version, M.minutes, M.device, M.marked_by, M.is_ahead, M.is_conflict, M.batch,
    M.reason, M.missed, M.id, M.module,
)  # fmt: skip
_ON_ROLL = select(*_PERSON).where(
    R.class_session_id == bindparam("session_id"),
    R.handle.in_(bindparam("handles", expanding=True)),
)
_BY_OP = select(M.op, M.registration_id, M.module, M.value).where(
    M.op.in_(bindparam("ops", expanding=True))
)
_SOME = among(M.registration_id)
_OF_DAY = M.class_session_id == bindparam("session_id")


def _latest(
    shown: tuple[ColumnElement[Any], ...], *which: ColumnElement[bool]
) -> Select[*tuple[Any, ...]]:
    """Show the last mark that is not late of each registration in each roll."""
    last = (
        select(M.registration_id, func.max(M.version).label("version"))
        .where(*which, M.is_late.is_(False))
        .group_by(M.registration_id, M.module)
        .subquery()
    )
    is_last = and_(M.registration_id == last.c.registration_id, M.version == last.c.version)
    return select(*shown, *_CURRENT).join_from(MARK, last, is_last)


_OF_CLASS = _latest((M.registration_id,), _OF_DAY)
_OF_SOME = _latest((M.registration_id,), _SOME)
# What is newer than a mark that is known stands if nothing is newer still.
_SINCE = (
    _latest(_PERSON, _OF_DAY, M.id > bindparam("newest"))
    .join(R.id.table, R.id == M.registration_id)
    .where(R.state.in_(SEATED))
)
_WHO = M.registration_id, M.module, M.device, M.marked_by
_EACH = (
    select(
        *_WHO, func.max(M.version).label("version"), func.max(M.marked_at).label("marked_at"),
        func.max(case((M.is_late.is_(False), M.version))).label("standing"),
    )
    .where(_SOME)
    .group_by(*_WHO)
    .subquery()
)  # fmt: skip
_STANDS = and_(M.registration_id == _EACH.c.registration_id, M.version == _EACH.c.standing)
_PAST = select(*list(_EACH.c)[:6], *_CURRENT).join_from(_EACH, MARK, _STANDS, isouter=True)
