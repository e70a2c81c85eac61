"""Say up to which entry a closed month counts, so that its files stay what they were."""

from datetime import date

from sqlalchemy import func, select

from diversion.core.database import db
from diversion.ledger.commands import PeriodState
from diversion.ledger.models import Entry, Period, PeriodEvent
from diversion.ledger.queries import Head

SEALED = (PeriodState.CLOSED, PeriodState.LOCKED)


def closed_at(first: date, last: date) -> Head | None:
    """Return the last entry at the latest closing of the month of these days.

    None where the days are no single month, or one that is open.
    """
    period = db.session.get(Period, first.year * 100 + first.month)
    if period is None or (period.starts_on, period.ends_on) != (first, last):
        return None
    if period.state not in SEALED:
        return None
    closings = (PeriodEvent.period_id == period.id, PeriodEvent.state == PeriodState.CLOSED)
    number = db.session.scalar(select(func.max(PeriodEvent.last_entry)).where(*closings))
    return None if number is None else head_at(number)


def head_at(number: int) -> Head:
    """Return an entry as the head that it once was."""
    entry = db.session.get_one(Entry, number)
    return Head(entry.id, entry.hash, entry.posted_at)
