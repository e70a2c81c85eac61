"""Say when a payment can be taken back, and what that is in accounts."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from diversion.core.errors import Invalid, Refused
from diversion.core.money import ZERO, Money
from diversion.core.words import _
from diversion.fees.returned.models import ReturnKind
from diversion.ledger.accounts import CREDITS, DEFERRED, RECEIVABLE
from diversion.ledger.commands import Line, Mode, credit, debit


class NotReturnable(Refused):
    """Cash does not bounce, and a card is disputed with its processor."""

    sentence = _("A bank returns checks and money orders; a card is charged back.")
    field = "kind"


class AlreadyReturned(Refused):
    """A payment is taken back once."""

    sentence = _("This payment was taken back already.")


class AlreadyAsked(Refused):
    """One request about a payment at a time."""

    sentence = _("Somebody noted this already. It waits for a second person.")


class IsVoid(Refused):
    """What was voided was never money."""

    sentence = _("This receipt is void.")


class NotAtTheBank(Refused):
    """What the bank has not taken it can't return."""

    sentence = _("This payment was not confirmed by the bank yet. Confirm its deposit first.")


class FeeAboveCeiling(Invalid):
    """The county says how much a returned item may cost the payer."""

    field = "fee"


class NothingToWin(Refused):
    """Only a chargeback is won back."""

    sentence = _("There is no chargeback of this payment.")
    field = "kind"


@dataclass(frozen=True)
class Part:
    """What of a payment had settled one obligation."""

    obligation: int
    enrollment: int
    account: int
    earmark: int
    amount: Money


def check_kind(kind: ReturnKind, mode: Mode) -> None:
    """Raise NotReturnable where a payment of this mode can't come back so."""
    if mode is Mode.CASH or (kind is ReturnKind.RETURNED) == (mode is Mode.CARD):
        raise NotReturnable


def check_fee(fee: Money, ceiling: Money) -> None:
    """Raise FeeAboveCeiling."""
    if not ZERO <= fee <= ceiling:
        raise FeeAboveCeiling(_("At most {ceiling} may be charged for it.", ceiling=ceiling))


def reopened(parts: Iterable[Part], left: Money, participant: int) -> list[Line]:
    """Return what a return undoes: the fees are owed again, the revenue and the credit go."""
    lines, earned = [], Counter[tuple[int, int]]()
    for part in parts:
        lines += [
            debit(RECEIVABLE, part.amount, part.obligation),
            credit(DEFERRED, part.amount, part.obligation),
        ]
        earned[part.account, part.earmark] += part.amount.cents
    lines += [Line(account, cents, 0, mark) for (account, mark), cents in earned.items()]
    return [*lines, debit(CREDITS, left, participant)]


def by_earmark(parts: Iterable[Part], left: Money) -> Mapping[int, Money]:
    """Return out of which purposes the bank takes it; a credit was general money."""
    sums: Counter[int] = Counter({0: left.cents})
    for part in parts:
        sums[part.earmark] += part.amount.cents
    return {earmark: Money(cents) for earmark, cents in sums.items() if cents}
