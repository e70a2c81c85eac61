"""Say of each charge that is open how old it is, as of a day and an entry."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, func, select

from diversion.core.database import db
from diversion.core.money import ZERO, Money
from diversion.core.tracks import Track
from diversion.fees.aging.rules import NOTHING, Aged, aged
from diversion.fees.due_days import due_day
from diversion.fees.models import Allocation, Obligation, Receipt, ReceiptVoid
from diversion.fees.plans import queries as plans
from diversion.fees.plans.rules import Slice, unpaid
from diversion.fees.queries import GIVEN_UP
from diversion.ledger.accounts import RECEIVABLE
from diversion.ledger.events import Event
from diversion.ledger.movements import Movements, bounced, movements, sum_of
from diversion.participants.models import Participant


@dataclass(frozen=True)
class AgedCharge:
    """An open charge by age; the person by number."""

    id: int
    number: str
    handle: str
    label: str
    assessed: Money
    given_up: Money
    paid: Money
    open: Money
    aged: Aged
    next_due: date
    in_plan: bool
    last_paid_on: date | None


def aging(
    on: date, *, up_to: int | None = None, known_at: datetime | None = None
) -> list[AgedCharge]:
    """Return the open charges as of a day and an entry, oldest first: five statements at most.

    The amounts are the ledger's of that day; the instalments are those of the plans that
    counted then, and that were known at an instant; without it, now.
    """
    moved = movements(RECEIVABLE, on=on, up_to=up_to)
    open_ = {sub: sum_of(found, *found) for sub, found in moved.items()}
    ids = [sub for sub, amount in open_.items() if amount]
    planned = plans.slices(as_of=plans.AsOf(on, known_at))
    paid_on = _last_paid(on, up_to)
    found = [
        _aged(row, moved[row.id], open_[row.id], planned.get(row.id, []), paid_on.get(row.id), on)
        for row in db.session.execute(_charged(on, known_at).where(Obligation.id.in_(ids)))
    ]
    return sorted(found, key=lambda each: (each.next_due, each.number, each.id))


def totals(rows: Sequence[AgedCharge]) -> Aged:
    return sum((row.aged for row in rows), NOTHING)


def _aged(row: Any, moved: Movements, open_: Money, slices: Sequence[Slice],
          paid_on: date | None, on: date) -> AgedCharge:  # fmt: skip
    parts = unpaid(open_, row.due_on, slices)
    assessed = sum_of(moved, Event.ASSESS, Event.ASSESS_UP, Event.RETURNED_FEE)
    given_up = ZERO - sum_of(moved, *GIVEN_UP)
    return AgedCharge(
        row.id, row.number, row.handle, row.label, assessed, given_up,
        assessed - given_up - open_, open_, aged(parts, on), parts[0][0], bool(slices), paid_on,
    )  # fmt: skip


def _charged(on: date, known_at: datetime | None) -> Select[int, str, str, date, str]:
    return (
        select(
            Obligation.id, Obligation.handle, Obligation.label,
            due_day(on, known_at).label("due_on"),
            Participant.number,
        )
        .join(Participant, Participant.id == Obligation.participant_id)
        .where(Obligation.track == Track.SBAD)
    )  # fmt: skip


def _last_paid(on: date, up_to: int | None) -> dict[int, date]:
    """Return the day of the last payment on each charge that was not taken back by then."""
    void = select(ReceiptVoid.receipt_id).where(ReceiptVoid.voided_on <= on)
    query = (
        select(Allocation.obligation_id, func.max(Receipt.taken_on))
        .join(Receipt, Receipt.id == Allocation.receipt_id)
        .where(Receipt.taken_on <= on, Receipt.number.not_in(bounced(on=on, up_to=up_to)))
        .group_by(Allocation.obligation_id)
    )
    if up_to is not None:
        void = void.where(ReceiptVoid.entry_number <= up_to)
        query = query.where(Receipt.entry_number <= up_to)
    query = query.where(Receipt.id.not_in(void))
    return {row[0]: row[1] for row in db.session.execute(query)}
