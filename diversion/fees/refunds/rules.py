"""Say how much can go back, when it can be paid, and what that is in accounts."""

from datetime import date

from diversion.core.errors import Invalid, Refused
from diversion.core.money import ZERO, Money
from diversion.core.words import _
from diversion.ledger.accounts import CREDITS, DEFERRED, RECEIVABLE
from diversion.ledger.commands import Line, credit, debit

REFUNDS_PAYABLE = 2010


class MoreThanPaid(Invalid):
    """At most what was paid goes back."""

    field = "amount"


class TooEarly(Refused):
    """A check may still come back from its bank."""

    def __init__(self, until: date) -> None:
        day = f"{until:%m/%d/%Y}"
        super().__init__(_("The check may still come back. Pay it on {day} or later.", day=day))


class NotToBePaid(Refused):
    """Only what was approved is paid, once."""

    sentence = _("This refund is not waiting to be paid.")


class OnItsWayBack(Refused):
    """What was promised back by check is not handed back at the counter too."""

    sentence = _("A refund of this money was approved. Cancel the refund first.")


class TakenBack(Refused):
    """What a bank took back is not paid back by the county."""

    sentence = _("The payment was taken back by its bank meanwhile. Cancel this refund.")


class ReferenceUsed(Refused):
    """A check or a transfer pays once."""

    sentence = _("A refund with this number was paid already.")
    field = "reference"


def check_amount(amount: Money, most: Money) -> None:
    """Raise MoreThanPaid unless something, and at most `most`, goes back."""
    if not ZERO < amount <= most:
        raise MoreThanPaid(_("At most {most} can be paid back.", most=most))


def of_fee(
    obligation: int, revenue: tuple[int, int], amount: Money, participant: int, *, stays_owed: bool
) -> list[Line]:
    """Return what goes back of a fee; `revenue` is its account and earmark.

    Where the fee stays owed, the same entry opens it again.
    """
    account, earmark = revenue
    lines = [debit(account, amount, 0, earmark), credit(REFUNDS_PAYABLE, amount, participant)]
    if stays_owed:
        lines += [debit(RECEIVABLE, amount, obligation), credit(DEFERRED, amount, obligation)]
    return lines


def of_credit(amount: Money, participant: int) -> list[Line]:
    """Return what goes back of a credit."""
    return [debit(CREDITS, amount, participant), credit(REFUNDS_PAYABLE, amount, participant)]
