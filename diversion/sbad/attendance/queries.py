"""Ask for the present marks of a roll and for how they came about."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, func, select

from diversion.core.database import db
from diversion.sbad.attendance.models import AttendanceMark, RollFinish
from diversion.sbad.attendance.rules import BLANK, Current, Presence
from diversion.sbad.rosters.models import SEATED, Registration
from diversion.staff.models import Staff

M = AttendanceMark


def current(session_id: int) -> dict[int, Current]:
    """Return the present mark of every registration of a class day that has one."""
    return _currents(_OF_CLASS, {"session_id": session_id})


def current_of(registration_ids: Collection[int]) -> dict[int, Current]:
    """Return the present marks of these registrations."""
    return _currents(_OF_SOME, {"ids": list(registration_ids)})


def current_one(registration_id: int) -> Current:
    return current_of([registration_id]).get(registration_id, BLANK)


def _currents(query: Select[*tuple[Any, ...]], values: dict[str, Any]) -> dict[int, Current]:
    return {row[0]: Current(*row[1:]) for row in db.session.execute(query, values)}


def _latest(which: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    last = (
        select(M.registration_id, func.max(M.version).label("version"))
        .where(which, M.is_late.is_(False))
        .group_by(M.registration_id)
        .subquery()
    )
    is_last = and_(M.registration_id == last.c.registration_id, M.version == last.c.version)
    query: Select[*tuple[Any, ...]] = select(
        M.registration_id, M.value, M.version, M.minutes, M.device, M.marked_by, M.is_ahead,
        M.is_conflict, M.batch, M.reason, M.missed, M.id,
    )  # fmt: skip
    return query.join(last, is_last)


_OF_CLASS = _latest(M.class_session_id == bindparam("session_id"))
_OF_SOME = _latest(M.registration_id.in_(bindparam("ids", expanding=True)))


def versions(registration_id: int) -> int:
    """Return how many marks a registration has."""
    last = select(func.max(M.version)).where(M.registration_id == registration_id)
    return db.session.scalar(last) or 0


@dataclass(frozen=True)
class Past:
    """What one device of one person has marked on a registration: the last version, and when."""

    registration_id: int
    device: str
    marked_by: int
    version: int
    marked_at: datetime


def past_of(registration_ids: Collection[int]) -> list[Past]:
    """Return what each device has marked on these registrations, by its own clock."""
    return [Past(*row) for row in db.session.execute(_PAST, {"ids": list(registration_ids)})]


_WHO = M.registration_id, M.device, M.marked_by
_PAST = (
    select(*_WHO, func.max(M.version), func.max(M.marked_at))
    .where(M.registration_id.in_(bindparam("ids", expanding=True)))
    .group_by(*_WHO)
)


def by_op(ops: Collection[str]) -> dict[str, tuple[int, Presence]]:
    """Return the registration and the value that came before under these operation ids."""
    rows = db.session.execute(_BY_OP, {"ops": list(ops)})
    return {op: (registration_id, value) for op, registration_id, value in rows}


_BY_OP = select(M.op, M.registration_id, M.value).where(M.op.in_(bindparam("ops", expanding=True)))


def marked(session_ids: Collection[int]) -> dict[int, int]:
    """Return for each class day how many seated people have a mark."""
    last = (
        select(M.registration_id, func.max(M.version).label("version"))
        .where(M.class_session_id.in_(list(session_ids)), M.is_late.is_(False))
        .group_by(M.registration_id)
        .subquery()
    )
    rows = db.session.execute(
        select(M.class_session_id, func.count())
        .join(last, and_(M.registration_id == last.c.registration_id, M.version == last.c.version))
        .join(Registration, Registration.id == M.registration_id)
        .where(M.value != Presence.UNMARKED, Registration.state.in_(SEATED))
        .group_by(M.class_session_id)
    )
    return {row[0]: row[1] for row in rows}


@dataclass(frozen=True)
class Said:
    """One mark of a person's history: what, when, by whom."""

    value: Presence
    minutes: int | None
    marked_at: datetime
    name: str
    is_conflict: bool
    reason: str
    is_late: bool
    missed: str


def history(registration_id: int) -> Sequence[Said]:
    """Return every mark of a registration, the latest first, with who made it."""
    rows = db.session.execute(
        select(
            M.value,
            M.minutes,
            M.marked_at,
            Staff.name,
            M.is_conflict,
            M.reason,
            M.is_late,
            M.missed,
        )
        .join(Staff, Staff.id == M.marked_by)
        .where(M.registration_id == registration_id)
        .order_by(M.version.desc())
    ).all()
    return [Said(*row) for row in rows]


def finish_of(session_id: int) -> RollFinish | None:
    return db.session.scalars(
        select(RollFinish).filter_by(class_session_id=session_id)
    ).one_or_none()
