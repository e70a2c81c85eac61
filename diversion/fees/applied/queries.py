"""Find what stands to a person's credit, from which receipts, and what was applied."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from diversion.core.database import db
from diversion.core.finding import the_one
from diversion.core.money import ZERO, Money
from diversion.core.tracks import Track
from diversion.fees.applied.models import CreditPart, CreditUse
from diversion.fees.applied.rules import Source
from diversion.fees.models import Obligation, Receipt, ReceiptVoid
from diversion.ledger.movements import taken_back, turned_back
from diversion.participants.models import Participant


@dataclass(frozen=True)
class Used:
    """An application of a credit as lists show it."""

    used_on: date
    amount: Money
    entry: int
    undone: bool


def use(handle: str) -> CreditUse:
    """Return an application by its handle. Raises NotYours."""
    return the_one(select(CreditUse).where(CreditUse.handle == handle))


def uses_of(participant_id: int) -> list[Used]:
    """Return what was applied for a person, newest first: two statements."""
    query = select(CreditUse).where(CreditUse.participant_id == participant_id)
    rows = db.session.scalars(query.order_by(CreditUse.id.desc())).all()
    undone = turned_back([row.entry_number for row in rows])
    return [
        Used(row.used_on, row.amount, row.entry_number, row.entry_number in undone) for row in rows
    ]


def parts_of(entry: int) -> Sequence[CreditPart]:
    """Return what the application of an entry settled, and from which receipts."""
    query = select(CreditPart).join(CreditUse, CreditUse.id == CreditPart.use_id)
    return db.session.scalars(query.where(CreditUse.entry_number == entry)).all()


def entries_using(receipt_id: int) -> set[int]:
    """Return the entries that applied something of a receipt's credit."""
    query = select(CreditUse.entry_number).join(CreditPart, CreditPart.use_id == CreditUse.id)
    return set(db.session.scalars(query.where(CreditPart.receipt_id == receipt_id)))


def left_on_receipts(participant_id: int) -> list[Source]:
    """Return what of each receipt of a person is still a credit, oldest first."""
    void = select(ReceiptVoid.receipt_id)
    query = select(Receipt.id, Receipt.number, Receipt.credit).where(
        Receipt.participant_id == participant_id, Receipt.credit > ZERO, Receipt.id.not_in(void)
    )
    rows = db.session.execute(query.order_by(Receipt.id)).all()
    ids = [row.id for row in rows]
    used, back = _used(ids), taken_back([row.number for row in rows])
    found = [
        Source(row.id, row.credit - used.get(row.id, ZERO))
        for row in rows
        if row.number not in back
    ]
    return [each for each in found if each.amount]


def _used(receipt_ids: Sequence[int]) -> dict[int, Money]:
    sums: dict[int, Money] = {}
    for receipt, _earmark, amount in applied_from(receipt_ids):
        sums[receipt] = sums.get(receipt, ZERO) + amount
    return sums


def applied_from(receipt_ids: Collection[int]) -> list[tuple[int, int, Money]]:
    """Return what of receipts' credits was applied and stays so: receipt, earmark, amount."""
    query = (
        select(
            CreditPart.receipt_id, Obligation.earmark, CreditUse.entry_number,
            func.sum(CreditPart.amount),
        )
        .join(CreditUse, CreditUse.id == CreditPart.use_id)
        .join(Obligation, Obligation.id == CreditPart.obligation_id)
        .where(CreditPart.receipt_id.in_(receipt_ids))
        .group_by(CreditPart.receipt_id, Obligation.earmark, CreditUse.entry_number)
    )  # fmt: skip
    rows = db.session.execute(query).all()
    undone = turned_back({row.entry_number for row in rows})
    return [
        (receipt, earmark, cents if isinstance(cents, Money) else Money(int(cents)))
        for receipt, earmark, entry, cents in rows
        if entry not in undone and receipt is not None
    ]


def numbers_by_handle(handles: Collection[str]) -> dict[str, str]:
    """Return the number of the participant whose credit each application used."""
    if not handles:
        return {}
    query = (
        select(CreditUse.handle, Participant.number)
        .join(Participant, Participant.id == CreditUse.participant_id)
        .where(CreditUse.handle.in_(handles), Participant.track == Track.SBAD)
    )
    return {row.handle: row.number for row in db.session.execute(query)}
