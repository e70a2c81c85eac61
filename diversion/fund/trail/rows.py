"""Say of each end of a trail what it was: a receipt, or an award, its purpose and payee type."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select

from diversion.core.database import db
from diversion.core.money import Money
from diversion.core.words import Sentence
from diversion.fund.awards.models import Award
from diversion.fund.awards.words import AIMS
from diversion.fund.kinds import event_words
from diversion.fund.orders.kinds import PAYEES
from diversion.fund.orders.models import Order, Payment
from diversion.fund.trail.rules import Source
from diversion.fund.vouchers.models import Voucher
from diversion.ledger.models import Entry, ReceiptNumber


@dataclass(frozen=True)
class Use:
    """What some of a receipt was spent on; nobody is named."""

    entry: int
    on: date
    event: Sentence
    award: str
    aim: Sentence | None
    payee: Sentence | None
    amount: Money


@dataclass(frozen=True)
class Origin:
    """Where some of a payment came from."""

    entry: int
    on: date
    event: Sentence
    receipt: str
    amount: Money


def uses(found: Sequence[tuple[int, int]]) -> list[Use]:
    """Return the entries that spent a receipt; two statements."""
    numbers = [entry for entry, _cents in found]
    entries, awards = _entries(numbers), _awards(numbers)
    return [_use(entries[number], awards.get(number), cents) for number, cents in found]


def origins(found: Sequence[tuple[Source, int]]) -> list[Origin]:
    """Return what paid for an entry; two statements."""
    entries = _entries([entry for (entry, _receipt), _cents in found])
    keys = {receipt for (_entry, receipt), _cents in found}
    query = select(ReceiptNumber).where(ReceiptNumber.id.in_(keys))
    shown = {row.id: row.shown for row in db.session.scalars(query)}
    return [
        Origin(
            entry, entries[entry].effective_on, event_words(entries[entry].event),
            shown.get(receipt, ""), Money(cents),
        )
        for (entry, receipt), cents in found
    ]  # fmt: skip


def _use(entry: Any, award: Any, cents: int) -> Use:
    return Use(
        entry.id, entry.effective_on, event_words(entry.event), award.number if award else "",
        AIMS[award.aim] if award else None, PAYEES[award.payee_kind] if award else None,
        Money(cents),
    )  # fmt: skip


def _entries(numbers: Collection[int]) -> dict[int, Any]:
    columns = (Entry.id, Entry.effective_on, Entry.event)
    query = select(*columns).where(Entry.id.in_(numbers))
    return {row.id: row for row in db.session.execute(query)}


def _awards(numbers: Collection[int]) -> dict[int, Any]:
    """Return the award behind each payment: that of its voucher, or of its advance."""
    query = (
        select(Payment.entry, Award.number, Award.aim, Award.payee_kind)
        .outerjoin(Voucher, Voucher.id == Payment.voucher_id)
        .outerjoin(Order, Order.id == Payment.order_id)
        .join(Award, Award.id == func.coalesce(Voucher.award_id, Order.award_id))
        .where(Payment.entry.in_(numbers))
    )
    return {row.entry: row for row in db.session.execute(query)}
