"""Read the change of a drawer, its count, and why it is over or short."""

from diversion.core.words import _
from diversion.fund.deposits.forms import PiecesField
from diversion.fund.deposits.models import WhyDifferent
from diversion.fund.deposits.rules import COINS
from diversion.web.fields import CodeField, Filled, MoneyField
from diversion.web.forms import Form


class OpenForm(Form):
    """What change lies in a drawer."""

    change_fund = MoneyField(_("Change in the drawer"), [Filled(_("Write 0 if there is none."))])


class CountForm(Form):
    """How the cash of a drawer was counted."""

    hundreds = PiecesField(100)
    fifties = PiecesField(50)
    twenties = PiecesField(20)
    tens = PiecesField(10)
    fives = PiecesField(5)
    ones = PiecesField(1)
    coins = MoneyField(_("Coins"))

    @property
    def bills(self) -> list[PiecesField]:
        return [field for field in self if isinstance(field, PiecesField)]

    def pieces(self) -> dict[int, int]:
        """Return how many pieces of each value in cents; coins count as one cent."""
        found = {field.unit: field.data or 0 for field in self.bills}
        found[COINS] = self.coins.data.cents if self.coins.data else 0
        return {unit: number for unit, number in found.items() if number}


class SignForm(Form):
    """Why a drawer is over or short."""

    reason = CodeField(_("Why is it different?"), [Filled()], codes=WhyDifferent)
