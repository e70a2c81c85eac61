"""Let a refund of the fictional county be approved, and be asked not to be paid after all."""

import uuid
from datetime import time, timedelta

from sqlalchemy import select

from diversion.cli.rehearsal.stage import Stage
from diversion.core import clock
from diversion.core.database import db
from diversion.core.money import ZERO, Money
from diversion.core.tracks import Track
from diversion.fees.models import Obligation, Receipt
from diversion.fees.refunds import cancelling, queries
from diversion.fees.refunds import services as refunds
from diversion.fees.refunds.cancel_models import CancelReason
from diversion.fees.refunds.models import Refund, RefundReason
from diversion.ledger import receipts
from diversion.participants.queries import with_id
from diversion.staff.approvals.models import Decision, Matter
from diversion.staff.approvals.queries import latest_about
from diversion.staff.approvals.services import decide
from diversion.staff.models import Staff

AFTERNOON = time(16)
AMOUNT = Money(2_000)
HOLD = 10


def plan_cancelled(stage: Stage, *, by: Staff, second: Staff) -> None:
    """Put it on the stage, three days before today."""
    day = stage.today - timedelta(days=3)
    stage.add(day, AFTERNOON, lambda: _change_mind(stage, by, second))


def _change_mind(stage: Stage, by: Staff, second: Staff) -> None:
    query = select(Receipt).where(~Receipt.imported).order_by(Receipt.id)
    paid = next((r for r in db.session.scalars(query) if receipts.is_at_bank(r.id)), None)
    if paid is not None:
        made = _approve(stage, paid.participant_id, by, second)
        cancelling.ask(made, CancelReason.ORDER_CHANGED, by=by, now=clock.now())


def _approve(stage: Stage, participant_id: int, by: Staff, second: Staff) -> Refund:
    on, now = stage.today - timedelta(days=3), clock.now()
    source = queries.sources(participant_id)[0]
    fee = db.session.scalars(select(Obligation).filter_by(handle=source.handle)).one_or_none()
    wish = refunds.Wish(AMOUNT, RefundReason.COURT_ORDER, fee, document="24CR-9")
    key = str(uuid.UUID(int=stage.random.getrandbits(128)))
    person = with_id(participant_id, Track.SBAD)
    made = refunds.ask(person, wish, key=key, by=by, on=on, now=now)
    request = latest_about(Matter.REFUND, made.handle)
    if request is not None:
        decide(request, Decision.APPROVED, seen=request.hash16, by=second, limit=ZERO, now=now)
    return refunds.carry_out(made, approved_by=second.id, hold_days=HOLD, on=on, now=now)
