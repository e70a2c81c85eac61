"""Read the change of a drawer, its count, and why it is over or short."""

from collections.abc import Sequence

from diversion.core.errors import Invalid
from diversion.core.words import _
from diversion.fund.deposits.forms import CountSheet
from diversion.fund.deposits.models import WhyDifferent
from diversion.fund.drawers.models import Till
from diversion.web.fields import ChoiceField, CodeField, Filled, MoneyField
from diversion.web.forms import Form, choices


class OpenForm(Form):
    """What change lies in a drawer: typed, or that of the till that is taken."""

    change_fund = MoneyField(_("Change in the drawer"), [Filled(_("Write 0 if there is none."))])
    till = ChoiceField(_("Drawer"), [Filled(_("Choose the drawer that you take."))])

    def offer(self, tills: Sequence[Till]) -> None:
        """Ask for a till where the fund keeps change in some, else for the amount."""
        self.till.choices = choices({each.handle: _("{n}", n=each.name) for each in tills})
        del self["change_fund" if tills else "till"]


class NothingCounted(Invalid):
    """An empty sheet closes no drawer; an empty drawer is written as 0."""

    sentence = _("Write what you counted, or 0 in coins where the drawer is empty.")
    field = "coins"


class CountForm(CountSheet):
    """How the cash of a drawer was counted."""

    def pieces(self) -> dict[int, int]:
        """Return the count. Raises NothingCounted."""
        if all(field.data is None for field in (*self.bills, self.coins)):
            raise NothingCounted
        return super().pieces()


class SignForm(Form):
    """Why a drawer is over or short."""

    reason = CodeField(_("Why is it different?"), [Filled()], codes=WhyDifferent)
