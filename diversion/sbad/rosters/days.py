"""Ask for class days by their seats: which has one left, which has people and no finished roll."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, ScalarSelect, Select, and_, func, or_, select

from diversion.core.database import db
from diversion.sbad.classes.models import ClassSession, ClassState
from diversion.sbad.classes.queries import within_reach
from diversion.sbad.classes.rules import TO_TEACH
from diversion.sbad.rosters.models import SEATED, Registration
from diversion.staff.models import Staff


def next_open(now: datetime) -> ClassSession | None:
    """Return the next class day with a seat left. `now` is by the clock on the court's wall."""
    return db.session.scalars(
        select(ClassSession)
        .where(_has_seats(now))
        .order_by(ClassSession.held_on, ClassSession.starts, ClassSession.id)
        .limit(1)
    ).unique().one_or_none()  # fmt: skip


def first_open(now: datetime, at_most: int) -> list[date]:
    """Return the first days to come on which a class has a seat left."""
    return list(
        db.session.scalars(
            select(ClassSession.held_on)
            .where(_has_seats(now))
            .distinct()
            .order_by(ClassSession.held_on)
            .limit(at_most)
        )
    )


def _has_seats(now: datetime) -> ColumnElement[bool]:
    return and_(
        ClassSession.state == ClassState.OPEN,
        ClassSession.capacity > _taken(),
        or_(
            ClassSession.held_on > now.date(),
            and_(ClassSession.held_on == now.date(), ClassSession.ends > now.time()),
        ),
    )


@dataclass(frozen=True)
class OpenDay:
    """A class day to come that has seats left."""

    handle: str
    held_on: date
    left: int


def open_days(now: datetime, but: str) -> list[OpenDay]:
    """Return the class days to come with a seat left, but the one named. `now` is the court's."""
    rows = db.session.execute(
        select(ClassSession.handle, ClassSession.held_on, ClassSession.capacity - _taken())
        .where(
            ClassSession.state == ClassState.OPEN,
            ClassSession.handle != but,
            ClassSession.capacity > _taken(),
            ClassSession.held_on > now.date(),
        )
        .order_by(ClassSession.held_on, ClassSession.starts, ClassSession.id)
    )
    return [OpenDay(*row) for row in rows]


def to_finish(staff: Staff, today: date) -> Select[int]:
    """Return the ids of earlier class days that have people and no finished roll, oldest first.

    Within the reach of `staff`; the class of today has a place of its own.
    """
    return (
        select(ClassSession.id)
        .where(
            ClassSession.id.in_(within_reach(staff)),
            ClassSession.held_on < today,
            ClassSession.state.in_(TO_TEACH),
            _taken() > 0,
        )
        .order_by(ClassSession.held_on, ClassSession.starts, ClassSession.id)
    )


def _taken() -> ScalarSelect[int]:
    return (
        select(func.count(Registration.id))
        .where(Registration.class_session_id == ClassSession.id, Registration.state.in_(SEATED))
        .correlate(ClassSession)
        .scalar_subquery()
    )
