"""Close and open months as the ledger has them, for the tests of files."""

from sqlalchemy import select

from diversion.core.database import db
from diversion.ledger import queries
from diversion.ledger.commands import PeriodState
from diversion.ledger.models import Period, PeriodEvent
from tests.conftest import NOW


def move(month: int, state: PeriodState, *, by: int = 9_000_900) -> int:
    """Bring a month into a state, earlier ones before it; return the last entry by then."""
    earlier = select(Period.id).where(Period.id.between(1, month - 1)).order_by(Period.id)
    if state is PeriodState.CLOSED:
        for number in db.session.scalars(earlier.where(Period.state != state)).all():
            _move(number, state, by)
    return _move(month, state, by)


def _move(month: int, state: PeriodState, by: int) -> int:
    period = db.session.get_one(Period, month)
    last = queries.head().number
    event = PeriodEvent(
        period_id=month, state=state, actor=by, approver=by + 1, reason="For a test of files",
        last_entry=last, happened_at=NOW,
    )  # fmt: skip
    db.session.add(event)
    db.session.flush()
    period.state = state
    db.session.flush()
    return last
