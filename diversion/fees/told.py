"""Tell whoever took money which receipt it has, also when the form was sent twice."""

from diversion.core.money import Money
from diversion.core.words import _
from diversion.web.flash import flash_done, flash_note


def flash_taken(number: str, amount: Money, *, again: bool) -> None:
    """Say the receipt's number on the next page; `again`: the same form had made it before."""
    if again:
        flash_note(_("Already recorded as {number}.", number=number))
    else:
        flash_done(_("Took {amount}. Receipt {number}.", amount=amount, number=number))
