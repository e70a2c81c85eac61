"""Read which receipts go to the bank, and the count of the cash."""

import re
from typing import Any

from wtforms import SelectMultipleField

from diversion.core.errors import Invalid
from diversion.core.money import ZERO, Money
from diversion.core.words import _
from diversion.fund.deposits.models import WhyDifferent
from diversion.fund.deposits.rules import COINS
from diversion.web.fields import (
    CodeField,
    MoneyField,
    ReadField,
)
from diversion.web.forms import CreatingForm, Form

MOST_PIECES = 100_000
MOST_DIGITS = re.compile("[0-9]{1,9}")
MOST_COINS = Money(10_000_000)


class NotACount(Invalid):
    """Pieces are whole."""

    sentence = _("Write how many there are, in digits.")


class NotCoins(Invalid):
    """Coins weigh; nobody counts a bag of them here."""

    sentence = _("Write how much is in coins, 0 to {most}.", most=MOST_COINS)


class PiecesField(ReadField):
    """How many bills of one value; `unit` is their value in cents."""

    def __init__(self, dollars: int, **more: Any) -> None:
        super().__init__(_("${dollars}", dollars=dollars), **more)
        self.unit = dollars * 100

    def read(self, text: str) -> int:
        if not MOST_DIGITS.fullmatch(text) or int(text) > MOST_PIECES:
            raise NotACount
        return int(text)


class CoinsField(MoneyField):
    """How much there is in coins: nothing, or more."""

    def read(self, text: str) -> Money:
        found = super().read(text)
        if not ZERO <= found <= MOST_COINS:
            raise NotCoins
        return found


class CountSheet(Form):
    """How cash was counted."""

    hundreds = PiecesField(100)
    fifties = PiecesField(50)
    twenties = PiecesField(20)
    tens = PiecesField(10)
    fives = PiecesField(5)
    ones = PiecesField(1)
    coins = CoinsField(_("Coins"))

    @property
    def bills(self) -> list[PiecesField]:
        return [field for field in self if isinstance(field, PiecesField)]

    def pieces(self) -> dict[int, int]:
        """Return the count: how many pieces of each value in cents; coins count as one cent."""
        found = {field.unit: field.data or 0 for field in self.bills}
        found[COINS] = self.coins.data.cents if self.coins.data else 0
        return {unit: number for unit, number in found.items() if number}


class DepositForm(CreatingForm, CountSheet):
    """What goes into the bag."""

    receipts = SelectMultipleField(_("Receipts"), validate_choice=False)
    reason = CodeField(_("Why is it different?"), codes=WhyDifferent)
