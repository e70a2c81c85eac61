"""Say which purposes the money of receipts belongs to, and where it can be taken from.

The county's cash is kept by purpose; money that is a credit or not yet placed is general.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import select

from diversion.core.database import db
from diversion.core.money import Money
from diversion.fees.applied.models import CreditPart
from diversion.fees.applied.queries import applied_from
from diversion.fees.models import Allocation, Obligation
from diversion.ledger import queries as ledger
from diversion.ledger import receipts
from diversion.ledger.accounts import TREASURY
from diversion.ledger.commands import Line

GENERAL = 0


def brought_by(receipt_ids: Collection[int]) -> dict[int, Money]:
    """Return what receipts bring to each earmark, as applied by now; the rest is general."""
    applied = (
        select(Obligation.earmark, Allocation.amount)
        .join(Allocation, Allocation.obligation_id == Obligation.id)
        .where(Allocation.receipt_id.in_(receipt_ids))
    )
    found: Counter[int] = Counter()
    for earmark, amount in db.session.execute(applied):
        found[earmark] += amount.cents
    for _receipt, earmark, amount in applied_from(receipt_ids):
        found[earmark] += amount.cents
    whole = sum(each.amount.cents for each in receipts.of_keys(receipt_ids))
    found[GENERAL] += whole - sum(found.values())
    return {earmark: Money(cents) for earmark, cents in sorted(found.items()) if cents}


def cash_in(parts: Mapping[int, Money]) -> list[Line]:
    """Return the debits of the county's cash, by earmark."""
    return [Line(TREASURY, amount.cents, 0, earmark) for earmark, amount in parts.items()]


def cash_out(parts: Mapping[int, Money]) -> list[Line]:
    """Return the credits of the county's cash; what a purpose lacks comes from general money.

    The ledger's floor refuses the entry if general money does not suffice either.
    """
    taken: Counter[int] = Counter()
    for earmark, amount in parts.items():
        there = ledger.balance(TREASURY, 0, earmark).cents
        own = min(amount.cents, max(there, 0)) if earmark != GENERAL else 0
        taken[earmark] += own
        taken[GENERAL] += amount.cents - own
    return [Line(TREASURY, -cents, 0, earmark) for earmark, cents in sorted(taken.items()) if cents]


def back_to_general(parts: Sequence[CreditPart], entry: int) -> list[Line]:
    """Return what moves cash so that an application can be turned back, exactly.

    What its receipts brought to a purpose after it goes back to general money, for there
    it is a credit again. What the application itself moved goes back with its reversal; what
    of that the purpose has spent meanwhile comes from general money first.
    """
    sums: Counter[int] = Counter()
    moved = ledger.moved_by(entry, TREASURY)
    for earmark, cents in (_at_bank(parts) | Counter(moved)).items():
        there = ledger.balance(TREASURY, 0, earmark).cents
        own = moved.get(earmark, 0)
        sums[earmark] += max(own - there, 0) - min(max(there - own, 0), cents - own)
    sums[GENERAL] -= sums.total()
    return [Line(TREASURY, cents, 0, earmark) for earmark, cents in sorted(sums.items()) if cents]


def _at_bank(parts: Sequence[CreditPart]) -> Counter[int]:
    """Return by purpose what of an application's money the bank has by now."""
    found: Counter[int] = Counter()
    for part in parts:
        if part.receipt_id and receipts.is_at_bank(part.receipt_id):
            found[db.session.get_one(Obligation, part.obligation_id).earmark] += part.amount.cents
    del found[GENERAL]
    return found
