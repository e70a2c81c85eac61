"""Ask for the present marks of a roll and for how they came about."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, func, or_, select

from diversion.core.database import db
from diversion.sbad.attendance.latest import standing, standing_of
from diversion.sbad.attendance.models import AttendanceMark, RollFinish
from diversion.sbad.attendance.rules import BLANK, WHOLE_DAY, Current, Presence
from diversion.sbad.attendance.whole import whole
from diversion.sbad.classes.models import ClassSession, CourseModule
from diversion.sbad.rosters.models import SEATED, Registration
from diversion.staff.models import Staff

M = AttendanceMark


def current(session_id: int) -> dict[int, Current]:
    """Return the day of every registration of a class day that has a mark."""
    return whole(standing(session_id))


def current_of(registration_ids: Collection[int]) -> dict[int, Current]:
    """Return the days of these registrations."""
    return whole(standing_of(registration_ids))


def current_one(registration_id: int) -> Current:
    return current_of([registration_id]).get(registration_id, BLANK)


def versions(registration_id: int) -> int:
    """Return how many marks a registration has."""
    last = select(func.max(M.version)).where(M.registration_id == registration_id)
    return db.session.scalar(last) or 0


def marked(session_ids: Collection[int]) -> dict[int, int]:
    """Return for each class day how many seated people are marked: for the day, or every module."""
    last = (
        select(M.registration_id, func.max(M.version).label("version"))
        .where(M.class_session_id.in_(list(session_ids)), M.is_late.is_(False))
        .group_by(M.registration_id, M.module)
        .subquery()
    )
    modules = (
        select(func.count(CourseModule.id))
        .join(ClassSession, ClassSession.course_id == CourseModule.course_id)
        .where(ClassSession.id == M.class_session_id)
        .correlate(M)
        .scalar_subquery()
    )
    people = (
        select(M.class_session_id, M.registration_id)
        .join(last, and_(M.registration_id == last.c.registration_id, M.version == last.c.version))
        .join(Registration, Registration.id == M.registration_id)
        .where(M.value != Presence.UNMARKED, Registration.state.in_(SEATED))
        .group_by(M.class_session_id, M.registration_id)
        .having(or_(func.min(M.module) == WHOLE_DAY, func.count() >= modules))
        .subquery()
    )
    rows = db.session.execute(
        select(people.c.class_session_id, func.count()).group_by(people.c.class_session_id)
    )
    return {row[0]: row[1] for row in rows}


@dataclass(frozen=True)
class Said:
    """One mark of a person's history: what, when, by whom; `module` names whose roll it was."""

    value: Presence
    minutes: int | None
    marked_at: datetime
    name: str
    is_conflict: bool
    reason: str
    is_late: bool
    missed: str
    module: str | None


def history(registration_id: int) -> Sequence[Said]:
    """Return every mark of a registration, the latest first, with who made it."""
    is_of_module = and_(
        CourseModule.course_id == ClassSession.course_id, CourseModule.place == M.module
    )
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
            CourseModule.name,
        )
        .join(Staff, Staff.id == M.marked_by)
        .join(ClassSession, ClassSession.id == M.class_session_id)
        .outerjoin(CourseModule, is_of_module)
        .where(M.registration_id == registration_id)
        .order_by(M.version.desc())
    ).all()
    return [Said(*row) for row in rows]


def finish_of(session_id: int) -> RollFinish | None:
    return db.session.scalars(
        select(RollFinish).filter_by(class_session_id=session_id)
    ).one_or_none()
