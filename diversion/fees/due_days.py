"""Say until when a charge is due, and move that day on with the program when it stood still."""

from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, func, select

from diversion.audit.models import Act
from diversion.audit.services import record
from diversion.core import clock
from diversion.core.database import db
from diversion.enrollments.lifecycle.models import Pause
from diversion.enrollments.lifecycle.queries import pauses
from diversion.fees.due_models import DueMoved
from diversion.fees.models import Obligation
from diversion.ledger import queries as ledger
from diversion.staff.models import Staff


def due_day(on: date | None = None, known_at: datetime | None = None) -> ColumnElement[date]:
    """Return the day an obligation is due, as of a day and an instant; without them, now."""
    moved = select(func.max(DueMoved.due_on)).where(DueMoved.obligation_id == Obligation.id)
    if on is not None:
        moved = moved.where(DueMoved.moved_on <= on)
    if known_at is not None:
        moved = moved.where(DueMoved.moved_at <= known_at)
    return func.coalesce(moved.correlate(Obligation).scalar_subquery(), Obligation.due_on)


def follow_pauses(enrollment_id: int, *, by: Staff) -> int:
    """Let what is open be due later by the days of each pause that ended; return how many moved.

    A charge moves once for a pause, and not for one that began before it was charged. The days
    of a payment plan stay: the person signed them.
    """
    ended = [each for each in pauses(enrollment_id) if each.ended_on and each.moved]
    made = [row for pause in reversed(ended) for row in _moved(enrollment_id, pause, by)]
    for handle in made:
        record(Act.FEE_DUE_MOVED, f"obligation:{handle}", by=by)
    return len(made)


def _moved(enrollment_id: int, pause: Pause, by: Staff) -> list[str]:
    known = select(DueMoved.obligation_id).where(DueMoved.pause_id == pause.id)
    found = db.session.execute(
        select(Obligation.id, Obligation.handle, due_day().label("due_on")).where(
            Obligation.enrollment_id == enrollment_id,
            Obligation.assessed_on <= pause.began_on,
            Obligation.id.not_in(known),
        )
    ).all()
    open_ = ledger.owed([row.id for row in found])
    rows = [row for row in found if open_.get(row.id)]
    for row in rows:
        db.session.add(
            DueMoved(
                obligation_id=row.id, pause_id=pause.id,
                due_on=row.due_on + timedelta(days=pause.moved or 0),
                moved_on=pause.ended_on, moved_at=clock.now(), moved_by=by.id,
            )
        )  # fmt: skip
    db.session.flush()
    return [row.handle for row in rows]
