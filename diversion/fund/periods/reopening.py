"""Open a closed month again: one person asks and says why, another decides."""

from datetime import datetime

from diversion.audit.models import Act
from diversion.audit.services import record
from diversion.core import once
from diversion.core.database import db
from diversion.core.errors import Refused
from diversion.core.money import ZERO
from diversion.core.words import Sentence
from diversion.fund.periods import queries, rules
from diversion.fund.periods.models import PeriodSnapshot, Reopening
from diversion.ledger import periods
from diversion.ledger import services as books
from diversion.ledger.commands import PeriodState
from diversion.ledger.periods import Month
from diversion.staff.approvals import services as approvals
from diversion.staff.approvals.models import Matter
from diversion.staff.models import Staff


def ask(month: Month, reason: str, *, by: Staff, now: datetime) -> Reopening:
    """Ask a second person to open a closed month.

    Raises TooShort, YearLocked, NotClosed, LaterClosed, and Asked while a request waits.
    """
    sealed = _may_be_asked(month.number)
    paper = Reopening(
        period_id=month.number, snapshot_id=sealed.id, reason=rules.check_reason(reason),
        asked_by_id=by.id, asked_at=now,
    )  # fmt: skip
    db.session.add(paper)
    db.session.flush()
    approvals.ask(
        Matter.REOPENING, paper.handle, amount=ZERO, request_hash=hash_of(paper), by=by, now=now
    )
    return paper


def reopen(paper: Reopening, *, now: datetime) -> None:
    """Open the month as it was asked and approved.

    Raises NotApproved, YearLocked, NotClosed, WrongState, LaterClosed.
    """
    approver = approvals.approver_of(Matter.REOPENING, paper.handle, hash_of(paper))
    books.hold()
    _check(paper.period_id)
    sealed = queries.snapshot_of(paper.period_id)
    if sealed is None or sealed.id != paper.snapshot_id:
        raise rules.WrongState
    periods.move(
        paper.period_id, PeriodState.OPEN, by=paper.asked_by_id, approved_by=approver,
        reason=paper.reason, now=now,
    )  # fmt: skip
    month = periods.month(paper.period_id)
    record(Act.PERIOD_REOPENED, f"period:{month.name}", by=paper.asked_by_id, approver=approver)


def why_not(month: Month) -> Sentence | None:
    """Return why nobody can ask for a month now; None where somebody can."""
    try:
        _may_be_asked(month.number)
    except Refused as no:
        return no.sentence
    return None


def _may_be_asked(number: int) -> PeriodSnapshot:
    """Return the seal of a month that can be asked for."""
    _check(number)
    sealed = queries.snapshot_of(number)
    if sealed is None:
        raise rules.WrongState
    if any(queries.is_waiting(each) for each in queries.reopenings_of(number)):
        raise approvals.Asked
    return sealed


def _check(number: int) -> None:
    rules.check_closed(periods.month(number))
    if periods.closed_after(number):
        raise rules.LaterClosed


def hash_of(paper: Reopening) -> str:
    """Return what an approval is bound to: the month, its seal and the reason."""
    asked = {"period": paper.period_id, "seal": paper.snapshot_id, "reason": paper.reason}
    return once.request_hash("reopening", asked)
