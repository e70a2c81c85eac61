"""Let what people attended count toward the class, over all their class days."""

from collections import defaultdict
from collections.abc import Collection, Mapping

from sqlalchemy import select

from diversion.core.database import db
from diversion.enrollments.conditions import services as conditions
from diversion.enrollments.conditions.models import ConditionKind
from diversion.enrollments.services import hold_all
from diversion.sbad.attendance.parts import Part, counted, still_owed
from diversion.sbad.attendance.queries import current_of
from diversion.sbad.attendance.rules import BLANK, Current, attended
from diversion.sbad.classes import queries as classes
from diversion.sbad.classes.models import ClassSession, ClassState
from diversion.sbad.rosters.models import SEATED, Registration
from diversion.staff.models import Staff


def count(session: ClassSession, marks: Mapping[int, Current], *, by: Staff) -> None:
    """Let a class day count for the enrollments of `marks`, alone or with parts of other days.

    What counted before and does not any more is taken back by a row of its own.
    """
    hold_all(marks)  # two classes of one person are finished one after the other
    days = _days(marks, session.id)
    for enrollment_id, current in marks.items():
        parts = [*days[enrollment_id], (session, current)]
        _settle(enrollment_id, sorted(parts, key=_by_day), by)


def owed(enrollment_ids: Collection[int]) -> dict[int, list[str]]:
    """Return, by enrollment, the names of the modules that are still owed of a course begun."""
    found = {}
    for enrollment_id, days in _days(enrollment_ids).items():
        ordered = sorted(days, key=_by_day)
        missing = still_owed([_part(*each) for each in ordered])
        modules = ordered[-1][0].course.modules
        found[enrollment_id] = [each.name for each in modules if each.id in missing]
    return found


Day = tuple[ClassSession, Current]


def _by_day(day: Day) -> tuple[object, int]:
    return day[0].held_on, day[0].id


def _part(session: ClassSession, current: Current) -> Part:
    modules = session.course.modules
    lengths = tuple(module.minutes for module in modules)
    there = attended(current, lengths, session.course.grace_minutes)
    ids = [module.id for module in modules]
    return Part(session.handle, frozenset(ids[place] for place in there), frozenset(ids))


def _settle(enrollment_id: int, days: list[Day], by: Staff) -> None:
    counts = counted([_part(*each) for each in days])
    for session, _current in days:
        source, on = f"class:{session.handle}", session.held_on
        if session.handle in counts:
            conditions.add_evidence(
                enrollment_id, ConditionKind.CLASS, source=source, happened_on=on, by=by
            )
        else:
            conditions.take_back(
                enrollment_id, ConditionKind.CLASS, source=source, happened_on=on, by=by
            )


def _days(enrollment_ids: Collection[int], but: int = 0) -> dict[int, list[Day]]:
    """Return, by enrollment, the finished class days with their marks: a fixed number of asks."""
    rows = db.session.execute(
        select(Registration.enrollment_id, Registration.id, Registration.class_session_id)
        .join(ClassSession, ClassSession.id == Registration.class_session_id)
        .where(
            Registration.enrollment_id.in_(list(enrollment_ids)),
            Registration.state.in_(SEATED),
            ClassSession.state == ClassState.CERTIFIED,
            ClassSession.id != but,
        )
    ).all()
    sessions = classes.sessions({row.class_session_id for row in rows}) if rows else {}
    marks = current_of([row.id for row in rows]) if rows else {}
    found: dict[int, list[Day]] = defaultdict(list)
    for row in rows:
        found[row.enrollment_id].append((sessions[row.class_session_id], marks.get(row.id, BLANK)))
    return found
