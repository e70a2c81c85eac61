"""Find the papers that correct the books."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import Select, func, select

from diversion.core.database import db
from diversion.core.errors import NotYours
from diversion.fund.corrections.models import Correction
from diversion.ledger import periods
from diversion.ledger.commands import PeriodState


def correction(number: str) -> Correction:
    """Return a paper by its number. Raises NotYours."""
    found = db.session.scalars(select(Correction).where(Correction.number == number)).one_or_none()
    if found is None:
        raise NotYours
    return found


def corrections() -> Select[Correction]:
    """Return a query of all papers, newest first."""
    return select(Correction).order_by(Correction.id.desc())


def next_number(year: int) -> str:
    """Return the next number of a year; the lock of the ledger is held."""
    used = select(func.count()).select_from(Correction).where(Correction.number.like(f"J-{year}-%"))
    return f"J-{year}-{(db.session.scalar(used) or 0) + 1:04d}"


def state_on(day: date) -> PeriodState | None:
    """Return the state of the month of a day; None where nothing was posted in it."""
    try:
        return periods.month(day.year * 100 + day.month).state
    except NotYours:
        return None


def about_entries(numbers: Collection[int]) -> dict[int, str]:
    """Return the papers that ask for the reversal of entries, by entry."""
    query = select(Correction.reverses, Correction.number).where(Correction.reverses.in_(numbers))
    return {row.reverses or 0: row.number for row in db.session.execute(query)}
