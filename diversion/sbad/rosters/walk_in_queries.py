"""Ask who came to a class without a registration, and which of them are not settled."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import bindparam, func, select

from diversion.core.database import db, tuples
from diversion.core.finding import the_one
from diversion.sbad.classes.models import ClassSession, ClassState
from diversion.sbad.rosters.models import WalkIn


def walk_in(session_id: int, line: int) -> WalkIn | None:
    return db.session.scalars(
        select(WalkIn).filter_by(class_session_id=session_id, line=line)
    ).one_or_none()


def walk_in_for(handle: str, session_id: int) -> WalkIn:
    """Return a walk-in of this class day. Raises NotYours for any other."""
    return the_one(select(WalkIn).filter_by(handle=handle, class_session_id=session_id))


def open_walk_ins(session_id: int) -> Sequence[WalkIn]:
    """Return those who came without a registration and are not settled."""
    return db.session.scalars(_OPEN_WALK_INS, {"session_id": session_id}).all()


_IS_OPEN = WalkIn.class_session_id == bindparam("session_id"), WalkIn.settled_at.is_(None)
_OPEN_WALK_INS = select(WalkIn).where(*_IS_OPEN).order_by(WalkIn.line)


def count_open(session_id: int) -> int:
    """Return how many of a class day are not settled."""
    [(count,)] = tuples(_COUNT_OPEN, {"session_id": session_id})
    return count


_COUNT_OPEN = select(func.count(WalkIn.id)).where(*_IS_OPEN)


def walk_ins_by_class() -> list[tuple[str, date, int]]:
    """Return for each class day with open walk-ins its handle, its day and how many."""
    rows = db.session.execute(
        select(ClassSession.handle, ClassSession.held_on, func.count())
        .join(WalkIn, WalkIn.class_session_id == ClassSession.id)
        .where(WalkIn.settled_at.is_(None), ClassSession.state != ClassState.CANCELLED)
        .group_by(ClassSession.handle, ClassSession.held_on)
        .order_by(ClassSession.held_on)
    )
    return [(handle, held_on, count) for handle, held_on, count in rows]
