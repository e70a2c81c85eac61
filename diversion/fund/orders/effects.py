"""Say what stands where before an order and after it, for whoever decides."""

from collections.abc import Mapping
from dataclasses import dataclass

from diversion.core.money import Money
from diversion.core.words import Sentence, _
from diversion.fund.orders import queries
from diversion.fund.orders.kinds import OrderKind
from diversion.fund.orders.meaning import ADVANCES, AVAILABLE, ENCUMBERED, PAYABLE
from diversion.fund.orders.models import Order
from diversion.ledger.accounts import BY_CODE, TREASURY

LABELS: Mapping[int, Sentence] = {
    TREASURY: _("Fund"),
    ADVANCES: _("Advance"),
    AVAILABLE: _("Budget line"),
    ENCUMBERED: _("Award"),
    PAYABLE: _("Open on the voucher"),
}


@dataclass(frozen=True)
class Effect:
    """What an account holds now, and what it would hold then."""

    label: Sentence
    now: Money
    then: Money

    @property
    def is_short(self) -> bool:
        return self.then < Money(0)


def effects(order: Order) -> list[Effect]:
    """Return what an order that nobody decided yet would change; two statements."""
    command = queries.command_of(order, "")
    net = queries.net_of(command)
    found = []
    for line in command.key_lines:
        if line.account in LABELS:
            sgn = BY_CODE[line.account].sgn
            now = net.get((line.account, line.sub, line.earmark), 0)
            found.append(
                Effect(LABELS[line.account], Money(sgn * now), Money(sgn * (now + line.cents)))
            )
    return found + (_cash(order) if order.kind is OrderKind.VOUCHER else [])


def _cash(order: Order) -> list[Effect]:
    """A voucher takes nothing yet, but what waits to be paid must be there."""
    cash, promised = queries.cash_and_promised(order.earmark)
    free = cash - promised
    return [Effect(_("Fund, less what waits to be paid"), free, free - order.amount)]
