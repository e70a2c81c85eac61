"""Tell what was asked about an award or a voucher, and how it ended."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from diversion.core.database import db
from diversion.core.money import Money
from diversion.core.words import Sentence, _
from diversion.fund.orders import queries
from diversion.fund.orders.kinds import WORDS
from diversion.fund.orders.models import Order
from diversion.staff.approvals.models import Decision

STATES: dict[Decision | None, tuple[Sentence, str]] = {
    None: (_("Waits"), "warn"),
    Decision.APPROVED: (_("Approved"), "ok"),
    Decision.REFUSED: (_("Refused"), "plain"),
    Decision.WITHDRAWN: (_("Withdrawn"), "plain"),
}


@dataclass(frozen=True)
class Past:
    """One thing that was asked."""

    handle: str
    what: Sentence
    amount: Money
    asked_at: datetime
    state: Sentence
    tone: str
    entry: int | None


def of_award(award_id: int) -> list[Past]:
    """Return everything that was asked about an award, newest first."""
    return _told(db.session.execute(queries.standing().where(Order.award_id == award_id)).all())


def of_voucher(voucher_id: int) -> list[Past]:
    query = queries.standing().where(Order.voucher_id == voucher_id)
    return _told(db.session.execute(query).all())


def _told(rows: Sequence[Any]) -> list[Past]:
    return [
        Past(o.handle, WORDS[o.kind], o.amount, o.asked_at, *STATES[decision], entry)
        for o, decision, entry in rows
    ]
