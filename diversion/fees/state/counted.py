"""Count what the state asked and what the court said of it, for reports: sums, nobody by name."""

from bisect import bisect_right
from collections.abc import Iterator
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import aliased

from diversion.core.database import db
from diversion.core.money import Money
from diversion.core.tracks import Track
from diversion.enrollments.models import Enrollment
from diversion.fees.schedules.models import FeeLine, FeeSchedule, LineKind
from diversion.fees.state.models import Noted, StateFeeNote


def charged(last: date) -> Iterator[tuple[date, Money]]:
    """Yield when somebody entered, and what the state asks for it: two statements.

    A person who entered twice is asked by the schedule of the later day.
    """
    begun, amounts = _schedules()
    query = select(Enrollment.participant_id, Enrollment.entered_on)
    query = query.where(Enrollment.track == Track.SBAD, Enrollment.entered_on <= last)
    latest = dict(db.session.execute(query.order_by(Enrollment.entered_on, Enrollment.id)).all())
    for entered_on in latest.values():
        place = bisect_right(begun, entered_on)
        if place and amounts[place - 1]:
            yield entered_on, amounts[place - 1]


def _schedules() -> tuple[list[date], list[Money]]:
    """Return from which day on the state asked how much; nothing where it was off."""
    of_state = (FeeLine.kind == LineKind.STATUTORY) & FeeLine.is_on
    query = (
        select(FeeSchedule.in_force_on, FeeLine.amount)
        .outerjoin(FeeLine, (FeeLine.schedule_id == FeeSchedule.id) & of_state)
        .where(FeeSchedule.track == Track.SBAD)
        .order_by(FeeSchedule.in_force_on)
    )
    rows = db.session.execute(query).all()
    return [row[0] for row in rows], [row[1] or Money(0) for row in rows]


def noted(last: date, by: datetime | None) -> Iterator[tuple[date, Noted, Money]]:
    """Yield what was noted until a day, and until an instant; a mistake takes its note away."""
    first = aliased(StateFeeNote)
    query = (
        select(StateFeeNote.happened_on, StateFeeNote.amount, StateFeeNote.kind, first.kind)
        .outerjoin(first, first.id == StateFeeNote.takes_back_id)
        .where(StateFeeNote.happened_on <= last)
        .order_by(StateFeeNote.id)
    )
    if by is not None:
        query = query.where(StateFeeNote.noted_at <= by)
    for happened_on, amount, kind, taken_back in db.session.execute(query):
        if taken_back is None:
            yield happened_on, kind, amount
        else:
            yield happened_on, taken_back, -amount
