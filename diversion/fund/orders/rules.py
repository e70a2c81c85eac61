"""Say no before money is spent that is not there, and say where it would end."""

from collections.abc import Mapping

from diversion.core.errors import Invalid, Refused
from diversion.core.money import Money
from diversion.core.words import Sentence, _
from diversion.fund.orders.kinds import OrderKind, PayeeKind
from diversion.fund.orders.meaning import (
    ADVANCES,
    AVAILABLE,
    ENCUMBERED,
    EXPENDED,
    GRANTS,
    PAYABLE,
)  # fmt: skip
from diversion.ledger.accounts import BY_CODE, TREASURY
from diversion.ledger.commands import Command

Key = tuple[int, int, int]
# What an account is called where it would end below zero; the database has the same floors.
FLOORS: Mapping[int, Sentence] = {
    TREASURY: _("This would leave the fund at {amount}."),
    ADVANCES: _("This would leave the advance at {amount}."),
    PAYABLE: _("This would leave the voucher at {amount}."),
    AVAILABLE: _("This would leave the budget line at {amount}."),
    ENCUMBERED: _("This would leave the award at {amount}."),
    EXPENDED: _("This would leave what the award spent at {amount}."),
    GRANTS: _("This would leave what the payee received at {amount}."),
}
FOR_ORGANIZATIONS = frozenset(
    {OrderKind.ADVANCE, OrderKind.ADVANCE_CLEARED, OrderKind.ADVANCE_RETURNED,
     OrderKind.GRANT_RETURNED}
)  # fmt: skip


class Overspent(Refused):
    """No account of the fund goes below zero."""

    field = "amount"


class NoAmount(Invalid):
    """An order is about some money."""

    sentence = _("Write an amount above zero.")
    field = "amount"


class NotForThisPayee(Refused):
    """Advances and returns are booked for organizations alone."""

    sentence = _("Only an award to an organization can have this.")


class NotPaid(Refused):
    """A check that was never written, or is back already, can't be taken back."""

    sentence = _("This voucher has no check that could be taken back.")


class NumberUsed(Refused):
    """A check or transfer number is used once."""

    sentence = _("A payment with this number was already made.")
    field = "reference"


def check_floors(command: Command, net: Mapping[Key, int]) -> None:
    """Raise Overspent where a line would end below zero; `net` is what stands there, in cents."""
    for line in command.key_lines:
        sgn = BY_CODE[line.account].sgn or (1 if line.account == GRANTS else 0)
        after = sgn * (net.get((line.account, line.sub, line.earmark), 0) + line.cents)
        if after < 0 and line.account in FLOORS:
            raise _overspent(line.account, Money(after))


def check_cash(cash: Money, promised: Money, amount: Money) -> None:
    """Raise Overspent for a voucher that the fund can't pay beside those that wait."""
    after = cash - promised - amount
    if after < Money(0):
        raise _overspent(TREASURY, after)


def check_kind(kind: OrderKind, amount: Money, payee: PayeeKind | None) -> None:
    """Raise NoAmount or NotForThisPayee."""
    if not amount or (amount < Money(0) and kind is not OrderKind.BUDGET_AMEND):
        raise NoAmount
    if kind in FOR_ORGANIZATIONS and payee is not PayeeKind.ORGANIZATION:
        raise NotForThisPayee


def _overspent(account: int, after: Money) -> Overspent:
    return Overspent(_(FLOORS[account].text, amount=after))
