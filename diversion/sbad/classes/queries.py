"""Ask for courses and class days; an instructor sees the days that they teach."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, bindparam, case, extract, or_, select
from sqlalchemy.orm import joinedload, lazyload

from diversion.core.database import db, known_here, tuples
from diversion.core.finding import the_one
from diversion.sbad.classes.models import (
    ClassInstructor,
    ClassSession,
    ClassState,
    Course,
    CourseModule,
)
from diversion.sbad.classes.rules import TO_TEACH
from diversion.staff.models import Staff
from diversion.staff.permissions import Role

# A page or an act that needs the modules or who teaches asks for them; what is changed under
# lock is changed alone.
ALONE = joinedload(ClassSession.course).lazyload(Course.modules), lazyload(ClassSession.instructors)
LOCKED = (
    lazyload(ClassSession.course).lazyload(Course.modules),
    lazyload(ClassSession.instructors),
    lazyload(ClassSession.place),
)
ALL_CLASSES = frozenset({Role.SBAD_COORDINATOR, Role.DEPUTY_DA})


def within_reach(staff: Staff) -> Select[int]:
    """Return the ids of the class days that a person may open."""
    ids = select(ClassSession.id)
    if staff.roles & ALL_CLASSES:
        return ids
    return ids.where(ClassSession.id.in_(taught_by(staff)))


def taught_by(staff: Staff) -> Select[int]:
    return select(ClassInstructor.class_session_id).where(ClassInstructor.staff_id == staff.id)


def class_for(handle: str, *, by: Staff, lock: bool = False) -> ClassSession:
    """Return a class day within reach; `lock` lets those who change it come one by one.

    Raises NotYours.
    """
    query, under_lock = _ANY if by.roles & ALL_CLASSES else _TAUGHT
    values = {"handle": handle, "staff_id": by.id}
    if not lock:
        return the_one(query, values)
    session = the_one(under_lock, values)
    return _held().setdefault(session.id, session)


def locked(session_id: int) -> ClassSession:
    """Return a class day that nobody else changes until this transaction ends."""
    held = _held()
    if session_id not in held:
        held[session_id] = db.session.scalars(_LOCKED, {"session_id": session_id}).one()
    return held[session_id]


def _held() -> dict[int, ClassSession]:
    """Return the class days that this transaction has under lock already."""
    held: dict[int, ClassSession] = known_here().setdefault("classes", {})
    return held


def _under_lock(query: Select[ClassSession]) -> Select[ClassSession]:
    query = query.with_for_update(of=ClassSession).options(*LOCKED)
    return query.execution_options(populate_existing=True)


_OF_HANDLE = select(ClassSession).where(ClassSession.handle == bindparam("handle"))
_OF_HANDLE_IF_TAUGHT = _OF_HANDLE.where(
    ClassSession.id.in_(
        select(ClassInstructor.class_session_id).where(
            ClassInstructor.staff_id == bindparam("staff_id")
        )
    )
)
_ANY = _OF_HANDLE.options(*ALONE), _under_lock(_OF_HANDLE)
_TAUGHT = _OF_HANDLE_IF_TAUGHT.options(*ALONE), _under_lock(_OF_HANDLE_IF_TAUGHT)
_LOCKED = _under_lock(select(ClassSession).where(ClassSession.id == bindparam("session_id")))


@dataclass(frozen=True)
class Module:
    """A part of a course, as a page shows it."""

    place: int
    name: str
    minutes: int


def modules_of(course_id: int) -> list[Module]:
    """Return the parts of a course in order, for whoever only looks."""
    return [Module(*row) for row in tuples(_MODULES, {"course_id": course_id})]


_PARTS = CourseModule.metadata.tables["course_module"].c
_MODULES = (
    select(_PARTS.place, _PARTS.name, _PARTS.minutes)
    .where(_PARTS.course_id == bindparam("course_id"))
    .order_by(_PARTS.place)
)


def next_class(staff: Staff, today: date) -> ClassSession | None:
    """Return the class day of today, else the next one to come."""
    return db.session.scalars(
        select(ClassSession)
        .where(
            ClassSession.held_on >= today,
            ClassSession.state.in_(TO_TEACH),
            ClassSession.id.in_(taught_by(staff)),
        )
        .order_by(ClassSession.held_on, ClassSession.starts, ClassSession.id)
        .limit(1)
    ).unique().one_or_none()  # fmt: skip


def listed(staff: Staff, *, today: date, year: int | None = None) -> Select[int]:
    """Return ids of the class days of a list: those to come first, then the newest."""
    query = select(
        ClassSession.id,
    ).where(ClassSession.id.in_(within_reach(staff)), ClassSession.state != ClassState.CANCELLED)
    if year is not None:
        query = query.where(
            or_(
                ClassSession.held_on >= today,
                ClassSession.held_on.between(date(year, 1, 1), date(year, 12, 31)),
            )
        )
    to_come = ClassSession.held_on >= today
    return query.order_by(
        to_come.desc(),
        case((to_come, ClassSession.held_on)).asc(),
        ClassSession.held_on.desc(),
        ClassSession.starts,
        ClassSession.id,
    )


def ended(staff: Staff, state: ClassState) -> Select[int]:
    """Return ids of the class days that ended so, the newest first."""
    return (
        select(ClassSession.id)
        .where(ClassSession.id.in_(within_reach(staff)), ClassSession.state == state)
        .order_by(ClassSession.held_on.desc(), ClassSession.id)
    )


def years(staff: Staff) -> list[int]:
    """Return the years in which there are class days."""
    year = extract("year", ClassSession.held_on)
    query = select(year).where(ClassSession.id.in_(within_reach(staff))).distinct()
    return [int(found) for found in db.session.scalars(query)]


def sessions(ids: Collection[int]) -> dict[int, ClassSession]:
    """Return these class days with rooms and instructors: a fixed number of statements."""
    rows = db.session.scalars(select(ClassSession).where(ClassSession.id.in_(ids))).unique()
    return {row.id: row for row in rows}


def courses(today: date) -> Sequence[Course]:
    in_use = or_(Course.retired_on.is_(None), Course.retired_on > today)
    return db.session.scalars(select(Course).where(in_use).order_by(Course.name)).all()


def course(handle: str) -> Course:
    return the_one(select(Course).filter_by(handle=handle))


def course_named(name: str) -> Course | None:
    return db.session.scalars(select(Course).filter_by(name=name)).one_or_none()


def latest_pattern() -> dict[str, Any] | None:
    """Return what a new class takes over from the one that was planned last."""
    latest = db.session.scalars(
        select(ClassSession)
        .where(ClassSession.is_imported.is_(False))
        .order_by(ClassSession.id.desc())
        .limit(1)
    ).unique().one_or_none()  # fmt: skip
    return None if latest is None else pattern(latest)


def pattern(session: ClassSession) -> dict[str, Any]:
    """Return how a class day is planned, as its form has it."""
    return {
        "course": session.course.handle,
        "starts": f"{session.starts:%H:%M}",
        "ends": f"{session.ends:%H:%M}",
        "place": session.place.handle if session.place else None,
        "capacity": session.capacity,
        "language": session.language,
        "instructors": [each.handle for each in session.instructors],
    }


def instructors() -> Sequence[Staff]:
    """Return the staff who may teach, by name."""
    people = db.session.scalars(select(Staff).order_by(Staff.name, Staff.id)).all()
    return [each for each in people if Role.INSTRUCTOR in each.roles]
