"""Say which part of a payment settles what."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from diversion.core.errors import Invalid, Refused
from diversion.core.money import ZERO, Money
from diversion.core.words import _
from diversion.fees.schedules.models import Overpayment


class MoreThanOwed(Refused):
    """Where the county refuses overpayments, a payment is at most what is owed."""

    field = "amount"


class NothingPaid(Invalid):
    """A payment is more than nothing."""

    sentence = _("Write the amount that was paid.")
    field = "amount"


@dataclass(frozen=True)
class Due:
    """An open obligation as values."""

    obligation: int
    due_on: date
    open: Money
    account: int
    earmark: int


@dataclass(frozen=True)
class Split:
    """Which obligation gets which part; `credit` is left over."""

    parts: tuple[tuple[Due, Money], ...]
    credit: Money

    @property
    def applied(self) -> Money:
        return Money.total(part for _, part in self.parts)


def allocate(paid: Money, dues: Sequence[Due], overpayment: Overpayment) -> Split:
    """Settle the oldest first; what is left is a credit, or refused.

    Raises NothingPaid, MoreThanOwed.
    """
    if paid <= ZERO:
        raise NothingPaid
    parts, left = [], paid
    for due in sorted(dues, key=lambda each: (each.due_on, each.obligation)):
        part = min(left, due.open)
        if part > ZERO:
            parts.append((due, part))
            left -= part
    if left and overpayment is Overpayment.REFUSE:
        owed = Money.total(due.open for due in dues)
        raise MoreThanOwed(_("Only {owed} is owed.", owed=owed))
    return Split(tuple(parts), left)
