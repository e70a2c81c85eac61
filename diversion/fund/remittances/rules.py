"""Say what may be sent on of the state's fee."""

from diversion.core.errors import Invalid, Refused
from diversion.core.money import ZERO, Money
from diversion.core.words import _


class TooMuch(Invalid):
    """Nothing is sent on that is not due, or not with the treasurer yet."""

    sentence = _(
        "Write an amount above zero. At most {most} can be sent on: what is due there, and with "
        "the treasurer."
    )
    field = "amount"


class NumberUsed(Refused):
    """A check or transfer number is used once."""

    sentence = _("Something was sent on under this number already.")
    field = "reference"


class NoNumber(Invalid):
    """What is sent on is found again by its number."""

    sentence = _("Write the number of the check or transfer.")
    field = "reference"


def check(amount: Money, due: Money, held: Money, reference: str, *, used: bool) -> None:
    """Raise NoNumber, NumberUsed, TooMuch."""
    if not reference:
        raise NoNumber
    if used:
        raise NumberUsed
    most = max(min(due, held), ZERO)
    if not ZERO < amount <= most:
        raise TooMuch(_(TooMuch.sentence.text, most=most))
