"""Ask who still needs a seat, until when, and where seats are left."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, and_, func, or_, select

from diversion.core.database import db
from diversion.core.tracks import Track
from diversion.enrollments.codes import ConditionKind
from diversion.enrollments.conditions.due_days import due_day
from diversion.enrollments.conditions.models import Condition
from diversion.enrollments.models import Enrollment
from diversion.participants.models import Participant
from diversion.sbad.attendance.queries import current_of
from diversion.sbad.attendance.rules import BLANK, Current
from diversion.sbad.classes.models import ClassSession, ClassState
from diversion.sbad.classes.rules import BEFORE_THE_DAY, TO_TEACH
from diversion.sbad.rosters import queries as rosters
from diversion.sbad.rosters.models import SEATED, Registration, RegistrationState
from diversion.sbad.seats.rules import Free, Wanting

_DUE = (
    select(func.min(due_day()))
    .select_from(Condition)
    .where(
        Condition.enrollment_id == Enrollment.id,
        Condition.kind == ConditionKind.CLASS,
        Condition.excused_on.is_(None),
    )
    .correlate(Enrollment)
    .scalar_subquery()
)
_SEAT = (
    select(func.min(ClassSession.held_on))
    .join(Registration, Registration.class_session_id == ClassSession.id)
    .where(
        Registration.enrollment_id == Enrollment.id,
        Registration.state.in_(SEATED),
        ClassSession.state.in_(TO_TEACH),
    )
    .correlate(Enrollment)
    .scalar_subquery()
)


def wanting(within: Select[int]) -> list[Wanting]:
    """Return who needs the class among the people `within`, seated or not: one statement.

    The last day is the earlier of the agreed one and the end of the period without arrest.
    """
    rows = db.session.execute(
        select(Enrollment.id, _DUE, Enrollment.monitored_until_on, _SEAT, Participant.language)
        .join(Participant, Participant.id == Enrollment.participant_id)
        .where(
            Enrollment.track == Track.SBAD,
            Participant.track == Track.SBAD,
            Enrollment.participant_id.in_(within),
            Enrollment.id.in_(rosters.class_before_them()),
        )
    )
    return [
        Wanting(id_, min((day for day in (due, until) if day), default=None), seat_on, language)
        for id_, due, until, seat_on, language in rows
    ]


def again(within: Select[int]) -> Select[int]:
    """Return the enrollments without a seat that had one: called off, absent, excused, in part."""
    had_one = (
        select(Registration.enrollment_id)
        .join(ClassSession, ClassSession.id == Registration.class_session_id)
        .where(
            Registration.state.in_(SEATED),
            ClassSession.state.in_([ClassState.CERTIFIED, ClassState.CANCELLED]),
        )
    )
    return rosters.without_class().where(
        Enrollment.id.in_(had_one), Enrollment.participant_id.in_(within)
    )


@dataclass(frozen=True)
class Day:
    """A class day to come: how many seats are left, how many people wait."""

    handle: str
    held_on: date
    capacity: int
    left: int
    waiting: int
    state: ClassState
    language: str


def to_come(now: datetime) -> list[Day]:
    """Return the class days before which people can be told. `now` is by the court's clock."""
    rows = db.session.execute(
        select(ClassSession.id, ClassSession.handle, ClassSession.held_on, ClassSession.capacity,
               ClassSession.state, ClassSession.language)
        .where(
            ClassSession.state.in_(BEFORE_THE_DAY),
            or_(
                ClassSession.held_on > now.date(),
                and_(ClassSession.held_on == now.date(), ClassSession.starts > now.time()),
            ),
        )
        .order_by(ClassSession.held_on, ClassSession.starts, ClassSession.id)
    ).all()  # fmt: skip
    seats = rosters.seats([row.id for row in rows])
    return [
        Day(row.handle, row.held_on, row.capacity, max(row.capacity - seats[row.id][0], 0),
            seats[row.id][1], row.state, row.language)
        for row in rows
    ]  # fmt: skip


def free(days: Sequence[Day]) -> list[Free]:
    """Return the seats that people can be given: of the class days that are open."""
    open_days = [each for each in days if each.state is ClassState.OPEN]
    return [Free(each.held_on, each.left, each.language) for each in open_days]


LastDay = tuple[date, ClassState, Current]


def last_days(enrollment_ids: Collection[int]) -> dict[int, LastDay]:
    """Return, by enrollment, the latest class day that is over, its state and its mark."""
    rows = db.session.execute(
        select(
            Registration.enrollment_id, Registration.id, ClassSession.held_on, ClassSession.state
        )
        .join(ClassSession, ClassSession.id == Registration.class_session_id)
        .where(
            Registration.enrollment_id.in_(enrollment_ids),
            Registration.state.in_(SEATED),
            ClassSession.state.in_([ClassState.CERTIFIED, ClassState.CANCELLED]),
        )
        .order_by(ClassSession.held_on, Registration.id)
    ).all()
    latest = {row.enrollment_id: row for row in rows}
    marks = current_of([row.id for row in latest.values()])
    return {key: (row.held_on, row.state, marks.get(row.id, BLANK)) for key, row in latest.items()}


def lines_of(enrollment_ids: Collection[int]) -> dict[int, date]:
    """Return, by enrollment, the first class day for which somebody is on the waiting list."""
    rows = db.session.execute(
        select(Registration.enrollment_id, func.min(ClassSession.held_on))
        .join(ClassSession, ClassSession.id == Registration.class_session_id)
        .where(
            Registration.enrollment_id.in_(enrollment_ids),
            Registration.state == RegistrationState.WAITLISTED,
            ClassSession.state.in_(TO_TEACH),
        )
        .group_by(Registration.enrollment_id)
    )
    return {row[0]: row[1] for row in rows}
