"""Answer how a month was checked, explained, signed and sealed."""

from collections.abc import Sequence

from sqlalchemy import select

from diversion.core.database import db
from diversion.core.finding import the_one
from diversion.fund.periods.models import (
    Check,
    PeriodBalance,
    PeriodExplanation,
    PeriodFinding,
    PeriodProof,
    PeriodSignature,
    PeriodSnapshot,
    Reopening,
)
from diversion.ledger import periods
from diversion.ledger.periods import Month
from diversion.staff.approvals.models import Matter
from diversion.staff.approvals.queries import waiting_about


def proof_of(month: Month) -> PeriodProof | None:
    """Return the newest proof that reaches to the last entry of a month."""
    query = select(PeriodProof).where(PeriodProof.last_entry >= month.last_entry)
    return db.session.scalars(query.order_by(PeriodProof.id.desc()).limit(1)).one_or_none()


def signature_of(month: Month) -> PeriodSignature | None:
    """Return the newest signature under all that was posted in a month since it was opened."""
    query = select(PeriodSignature).where(
        PeriodSignature.period_id == month.number,
        PeriodSignature.last_entry >= month.last_entry,
    )
    if (opened := periods.opened_at(month.number)) is not None:
        query = query.where(PeriodSignature.signed_at >= opened)
    return db.session.scalars(query.order_by(PeriodSignature.id.desc()).limit(1)).one_or_none()


def explanation(month: Month, check: Check) -> str:
    """Return why something stays open, as long as nothing was posted since; else nothing."""
    query = select(PeriodExplanation.reason).where(
        PeriodExplanation.period_id == month.number, PeriodExplanation.check == check,
        PeriodExplanation.last_entry >= month.last_entry,
        PeriodExplanation.explained_at >= periods.opened_at(month.number),
    )  # fmt: skip
    return db.session.scalar(query.order_by(PeriodExplanation.id.desc()).limit(1)) or ""


def snapshot_of(number: int) -> PeriodSnapshot | None:
    """Return what a month was sealed with the last time."""
    query = select(PeriodSnapshot).where(PeriodSnapshot.period_id == number)
    return db.session.scalars(query.order_by(PeriodSnapshot.turn.desc()).limit(1)).one_or_none()


def balances_of(snapshot_id: int) -> Sequence[PeriodBalance]:
    query = select(PeriodBalance).where(PeriodBalance.snapshot_id == snapshot_id)
    return db.session.scalars(query.order_by(PeriodBalance.account)).all()


def findings_of(snapshot_id: int) -> dict[Check, int]:
    """Return how each check stood at the closing."""
    query = select(PeriodFinding).where(PeriodFinding.snapshot_id == snapshot_id)
    return {row.check: row.found for row in db.session.scalars(query)}


def reopening(handle: str) -> Reopening:
    """Return a request to open a month again. Raises NotYours."""
    query = select(Reopening).where(Reopening.handle == handle)
    return the_one(query)


def reopenings_of(number: int) -> Sequence[Reopening]:
    query = select(Reopening).where(Reopening.period_id == number)
    return db.session.scalars(query.order_by(Reopening.id.desc())).all()


def is_waiting(paper: Reopening) -> bool:
    return waiting_about(Matter.REOPENING, paper.handle) is not None
