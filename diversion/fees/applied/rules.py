"""Say which part of a credit settles what, and from which receipt it came."""

from collections.abc import Sequence
from dataclasses import dataclass

from diversion.core.money import ZERO, Money
from diversion.fees.rules import Due


@dataclass(frozen=True)
class Source:
    """A receipt of which something stands to a person's credit; None: it came otherwise."""

    receipt: int | None
    amount: Money


@dataclass(frozen=True)
class Part:
    """What of a source settles what of an obligation."""

    receipt: int | None
    due: Due
    amount: Money


def sources(left: Sequence[Source], credit: Money) -> list[Source]:
    """Return where `credit` comes from; what is there beyond it went from the oldest.

    Where the receipts hold less than the credit, the rest came from no receipt.
    """
    beyond = max(Money.total(each.amount for each in left) - credit, ZERO)
    found: list[Source] = []
    for each in left:
        gone = min(beyond, each.amount)
        beyond -= gone
        if each.amount > gone:
            found.append(Source(each.receipt, each.amount - gone))
    rest = credit - Money.total(each.amount for each in found)
    return [*found, Source(None, rest)] if rest > ZERO else found


def pair(parts: Sequence[tuple[Due, Money]], among: Sequence[Source]) -> list[Part]:
    """Pair what is settled with where it comes from, in order, without losing a cent."""
    left, found = list(among), list[Part]()
    for due, wanted in parts:
        while wanted:
            first = left.pop(0)
            part = min(wanted, first.amount)
            found.append(Part(first.receipt, due, part))
            wanted -= part
            if first.amount > part:
                left.insert(0, Source(first.receipt, first.amount - part))
    return found
