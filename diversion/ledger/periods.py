"""Move a month from open to closed and back, and tell what became of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select

from diversion.core.database import db
from diversion.core.errors import NotYours
from diversion.ledger import facts
from diversion.ledger.commands import PeriodState
from diversion.ledger.models import Entry, Period, PeriodEvent

DONE = (PeriodState.CLOSED, PeriodState.LOCKED)


@dataclass(frozen=True)
class Month:
    """A period as values; `number` is such as 202611, 0 the time before the books.

    `last_entry` is the last one that was posted in it.
    """

    number: int
    first: date
    last: date
    state: PeriodState
    last_entry: int = 0

    @property
    def name(self) -> str:
        """Return what stands in addresses and files: `2026-11`, or `before`."""
        if not self.number:
            return "before"
        return f"{self.number // 100}-{self.number % 100:02d}"

    @property
    def is_closed(self) -> bool:
        return self.state in DONE


def months() -> list[Month]:
    """Return the months of the books, newest first; the time before them is none."""
    query = select(Period).where(Period.id > 0).order_by(Period.id.desc())
    return [_month(row) for row in db.session.scalars(query)]


def month(number: int) -> Month:
    """Return a month with its last entry. Raises NotYours where nothing was ever posted."""
    row = db.session.get(Period, number) if number > 0 else None
    if row is None:
        raise NotYours
    last = db.session.scalar(select(func.max(Entry.id)).where(Entry.period == number))
    return _month(row, last or 0)


def of_day(on: date) -> Month | None:
    """Return the month of the books in which a day lies; None where nothing was posted yet."""
    row = db.session.get(Period, on.year * 100 + on.month)
    return None if row is None else _month(row)


def early() -> Month:
    """Return the time before these books."""
    last = db.session.scalar(select(func.max(Entry.id)).where(Entry.period == 0))
    return _month(db.session.get_one(Period, 0), last or 0)


def _month(row: Period, last_entry: int = 0) -> Month:
    return Month(row.id, row.starts_on, row.ends_on, row.state, last_entry)


def move(
    number: int, state: PeriodState, *, by: int, approved_by: int | None = None, reason: str,
    now: datetime,
) -> PeriodEvent:  # fmt: skip
    """Write who moved a period and why, then move it; the database judges the step.

    Whoever calls this has looked at the rules; the lock of the journal is taken.
    """
    head = facts.lock_head()
    made = PeriodEvent(
        period_id=number, state=state, actor=by, approver=approved_by, reason=reason,
        last_entry=head.seq, happened_at=now,
    )  # fmt: skip
    db.session.add(made)
    db.session.flush()
    db.session.get_one(Period, number, with_for_update=True).state = state
    db.session.flush()
    return made


def events_of(number: int) -> Sequence[PeriodEvent]:
    """Return what became of a period, oldest first."""
    query = select(PeriodEvent).where(PeriodEvent.period_id == number).order_by(PeriodEvent.id)
    return db.session.scalars(query).all()


def opened_at(number: int) -> datetime | None:
    """Return when a period was last opened: what was signed before no longer counts."""
    query = select(func.max(PeriodEvent.happened_at)).where(
        PeriodEvent.period_id == number, PeriodEvent.state == PeriodState.OPEN
    )
    return db.session.scalar(query)


def reopened(first: date, last: date) -> dict[int, int]:
    """Return how often each month between two days was opened again after it was closed."""
    query = (
        select(PeriodEvent.period_id, PeriodEvent.state)
        .join(Period, Period.id == PeriodEvent.period_id)
        .where(Period.id > 0, Period.starts_on <= last, Period.ends_on >= first)
        .order_by(PeriodEvent.id)
    )
    before: dict[int, PeriodState] = {}
    found: dict[int, int] = {}
    for number, state in db.session.execute(query):
        if state is PeriodState.OPEN and before.get(number) is PeriodState.CLOSED:
            found[number] = found.get(number, 0) + 1
        before[number] = state
    return found


def closed_after(number: int) -> bool:
    """Say whether a month later than `number` is closed: then nothing before it may change."""
    query = select(Period.id).where(Period.id > number, Period.state.in_(DONE)).limit(1)
    return db.session.scalar(query) is not None


def open_before(number: int) -> bool:
    """Say whether an earlier month is still open."""
    query = select(Period.id).where(Period.id.between(1, number - 1), Period.state.not_in(DONE))
    return db.session.scalar(query.limit(1)) is not None


def named(name: str) -> Month:
    """Return the month of an address such as `2026-11`. Raises NotYours."""
    year, _dash, number = name.partition("-")
    if not (len(year) == 4 and len(number) == 2 and name.isascii() and (year + number).isdecimal()):
        raise NotYours
    return month(int(year + number))


def ends_year(of: Month, starts: int) -> bool:
    """Say whether a fiscal year that begins with month `starts` ends with this one."""
    return of.last.month % 12 + 1 == starts
