"""Say what may go into a bag of the state's money: all that was receipted, to the cent."""

from collections.abc import Mapping, Sequence

from diversion.core.errors import Invalid, Refused
from diversion.core.money import Money
from diversion.core.words import _
from diversion.fund.deposits.rules import counted
from diversion.ledger.commands import Mode
from diversion.ledger.receipts import OpenReceipt


class CashDiffers(Refused):
    """The state gets what its receipts say; over and short are the drawer's."""

    sentence = _(
        "The cash is {amount} {side}. The state's money goes whole: count again. What is over "
        "or short belongs to the drawer and is signed there."
    )
    field = "coins"


class NotOnItsWay(Refused):
    """A bag is confirmed once."""

    sentence = _("This deposit is with the treasurer already.")


class OwnDeposit(Refused):
    """Whoever prepared a bag, or took money in it, does not confirm it."""

    sentence = _("You had a hand in this deposit. Somebody else confirms it.")


class WrongDay(Invalid):
    """Nobody has what was not brought yet."""

    sentence = _("Write a day between the deposit and today.")
    field = "taken_on"


def check_count(chosen: Sequence[OpenReceipt], pieces: Mapping[int, int]) -> None:
    """Raise CashDiffers unless the cash is what the receipts say."""
    expected = Money.total(each.amount for each in chosen if each.mode is Mode.CASH)
    found = counted(pieces) - expected
    if found:
        side = _("over") if found.cents > 0 else _("short")
        amount = Money(abs(found.cents))
        raise CashDiffers(_(CashDiffers.sentence.text, amount=amount, side=side))
