"""Answer what an account's papers say, by any day and as of any entry."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from diversion.core.database import db
from diversion.core.money import ZERO, Money
from diversion.fees import queries as fees
from diversion.fees.models import Receipt
from diversion.fees.plans import queries as plans
from diversion.fees.refunds import queries as refunds
from diversion.fees.refunds.models import Refund
from diversion.fees.unplaced.models import Identification
from diversion.ledger import queries as ledger
from diversion.ledger.accounts import CREDITS
from diversion.ledger.movements import counted, movements, sum_of, taken_back


@dataclass(frozen=True)
class Paid:
    """A receipt as it stood then: void, taken back by a bank, or neither."""

    receipt: Receipt
    void: bool
    back: bool

    @property
    def amount(self) -> Money:
        return ZERO if self.void or self.back else self.receipt.amount


@dataclass(frozen=True)
class Statement:
    """What stood on an account; `parts` is what was open, by the day it is due."""

    on: date
    charges: list[fees.Charge]
    payments: list[Paid]
    refunds: list[tuple[Refund, bool]]  # whether it was paid by then
    parts: list[tuple[date, Money]]
    credit: Money

    @property
    def owed(self) -> Money:
        return Money.total(charge.open for charge in self.charges)

    @property
    def now_due(self) -> Money:
        return Money.total(amount for due_on, amount in self.parts if due_on <= self.on)

    @property
    def is_settled(self) -> bool:
        return bool(self.charges) and not self.owed


def statement(participant_id: int, on: date, up_to: int) -> Statement:
    """Return what stood on a person's account by a day and an entry; the last one is now."""
    charged = refunds.charges(participant_id, on=on, up_to=up_to)
    kept = movements(CREDITS, [participant_id], on=on, up_to=up_to).get(participant_id, {})
    back = refunds.approved_of(participant_id, on=on, up_to=up_to)
    paid = counted([each.paid_entry for each in back if each.paid_entry], on=on, up_to=up_to)
    return Statement(
        on, [charge for charge in charged if not charge.undone],
        _payments(participant_id, on, up_to), [(each, each.paid_entry in paid) for each in back],
        _parts(charged, on, up_to), -sum_of(kept, *kept),
    )  # fmt: skip


def _payments(participant_id: int, on: date, up_to: int) -> list[Paid]:
    """Return the receipts, newest first; one without an account counts from when it had one."""
    found = fees.receipts_of(participant_id)
    placed = select(Identification.receipt_id, Identification.entry_number).where(
        Identification.receipt_id.in_([receipt.id for receipt, _void in found]),
        Identification.entry_number.is_not(None),
    )
    given = {row.receipt_id: row.entry_number for row in db.session.execute(placed)}
    entries = [given.get(receipt.id, receipt.entry_number) for receipt, _void in found]
    known = counted([*entries, *(void.entry_number for _r, void in found if void)],
                    on=on, up_to=up_to)  # fmt: skip
    back = taken_back([receipt.number for receipt, _void in found], on=on, up_to=up_to)
    return [
        Paid(receipt, void is not None and void.entry_number in known, receipt.number in back)
        for entry, (receipt, void) in zip(entries, found, strict=True)
        if entry in known
    ]


def _parts(charged: list[fees.Charge], on: date, up_to: int) -> list[tuple[date, Money]]:
    as_of = plans.AsOf(on, ledger.known_at(up_to))
    return plans.by_day([(each.id, each.due_on, each.open) for each in charged], as_of)
