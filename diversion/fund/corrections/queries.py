"""Find the papers that correct the books."""

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import Select, func, select
from sqlalchemy.orm import selectinload

from diversion.core.database import db
from diversion.core.errors import NotYours
from diversion.core.finding import the_one
from diversion.fund.corrections.models import Correction, CorrectionKind
from diversion.ledger import periods
from diversion.ledger.commands import PeriodState
from diversion.staff.approvals.models import ApprovalRequest, Matter


def correction(number: str) -> Correction:
    """Return a paper by its number. Raises NotYours."""
    return the_one(select(Correction).where(Correction.number == number))


def corrections() -> Select[Correction]:
    """Return a query of all papers, newest first."""
    loaded = (selectinload(Correction.lines), selectinload(Correction.posted))
    return select(Correction).options(*loaded).order_by(Correction.id.desc())


def requests_about(numbers: Collection[str]) -> dict[str, ApprovalRequest]:
    """Return the request of each paper, by its number; two statements. A paper is asked once."""
    query = select(ApprovalRequest).where(
        ApprovalRequest.matter.in_((Matter.ADJUSTMENT, Matter.REVERSAL)),
        ApprovalRequest.subject.in_(numbers),
    )
    loaded = selectinload(ApprovalRequest.decided)
    return {each.subject: each for each in db.session.scalars(query.options(loaded))}


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


def alike(
    kind: CorrectionKind, *, on: date | None = None, reverses: int | None = None
) -> Sequence[Correction]:  # fmt: skip
    """Return the papers of a kind that ask for the same: the reversal of an entry, or a day."""
    query = select(Correction).where(Correction.kind == kind)
    if reverses is not None:
        query = query.where(Correction.reverses == reverses)
    if on is not None:
        query = query.where(Correction.effective_on == on)
    return db.session.scalars(query).all()


def about_entries(numbers: Collection[int]) -> dict[int, str]:
    """Return the papers that ask for the reversal of entries, by entry."""
    query = select(Correction.reverses, Correction.number).where(Correction.reverses.in_(numbers))
    return {row.reverses or 0: row.number for row in db.session.execute(query)}
