"""Say which part of a payment settles what, and what is never kept of it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from diversion.core.errors import Invalid, Refused
from diversion.core.money import ZERO, Money
from diversion.core.words import _
from diversion.fees.schedules.models import Overpayment
from diversion.ledger.commands import Mode

NOTHING: Mapping[int, Money] = MappingProxyType({})


class MoreThanOwed(Refused):
    """Where the county refuses overpayments, a payment is at most what is owed."""

    field = "amount"


class NothingPaid(Invalid):
    """A payment is more than nothing."""

    sentence = _("Write the amount that was paid.")
    field = "amount"


class CardNumber(Invalid):
    """The number of a card is kept nowhere; what the ledger has once, it has for ever."""

    sentence = _(
        "This looks like the number of a card, which is never kept. Write the reference of the "
        "processor."
    )
    field = "reference"


class NoNumber(Invalid):
    """A check is found again by its number."""

    sentence = _("Write the number of the check or money order.")
    field = "reference"


class DirectedTooMuch(Invalid):
    """The payer directs at most what is open, and at most what was paid."""

    sentence = _("More is directed to a fee than is open of it.")
    field = "amount"


CARD = re.compile(r"[2-6][0-9]{14,15}")


def check_reference(reference: str) -> None:
    """Raise CardNumber for digits as on a card, whose last one checks the others."""
    digits = re.sub(r"[ .-]", "", reference)
    if not CARD.fullmatch(digits):
        return
    doubled = (int(sign) * (1 + place % 2) for place, sign in enumerate(reversed(digits)))
    if sum(each // 10 + each % 10 for each in doubled) % 10 == 0:
        raise CardNumber


def check_paper(mode: Mode, reference: str) -> None:
    """Raise NoNumber for a check or money order without one, CardNumber."""
    if mode is not Mode.CASH and not reference:
        raise NoNumber
    check_reference(reference)


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


def allocate(
    paid: Money,
    dues: Sequence[Due],
    overpayment: Overpayment,
    directed: Mapping[int, Money] = NOTHING,
) -> Split:
    """Settle what the payer directs, then the oldest first; what is left is a credit, or refused.

    `directed` says by obligation what goes to it at least. Raises NothingPaid,
    MoreThanOwed, DirectedTooMuch.
    """
    if paid <= ZERO:
        raise NothingPaid
    _check_directed(paid, dues, directed)
    parts, left = [], paid - Money.total(directed.values())
    for due in sorted(dues, key=lambda each: (each.due_on, each.obligation)):
        own = directed.get(due.obligation, ZERO)
        more = min(left, due.open - own)
        if own + more > ZERO:
            parts.append((due, own + more))
            left -= more
    if left and overpayment is Overpayment.REFUSE:
        owed = Money.total(due.open for due in dues)
        raise MoreThanOwed(_("Only {owed} is owed.", owed=owed))
    return Split(tuple(parts), left)


def _check_directed(paid: Money, dues: Sequence[Due], directed: Mapping[int, Money]) -> None:
    open_ = {due.obligation: due.open for due in dues}
    for obligation, part in directed.items():
        if not ZERO < part <= open_.get(obligation, ZERO):
            raise DirectedTooMuch
    if Money.total(directed.values()) > paid:
        raise DirectedTooMuch(_("More is directed to fees than was paid."))
