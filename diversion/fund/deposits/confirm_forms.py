"""Read what the bank says that it took."""

from diversion.core.words import _
from diversion.fund.deposits.confirming import Taken
from diversion.fund.deposits.models import WhyDifferent
from diversion.web.calendar import court_today
from diversion.web.fields import (
    AtMost,
    CodeField,
    DateField,
    Filled,
    MoneyField,
    TextField,
)
from diversion.web.forms import Form


class ConfirmForm(Form):
    """What the bank says that it took."""

    taken_on = DateField(_("Day at the bank"), [Filled()])
    amount = MoneyField(_("Amount that the bank took"), [Filled()])
    reference = TextField(_("Bank's number"), [AtMost(40)])
    reason = CodeField(_("Why is it different?"), codes=WhyDifferent)

    @property
    def taken(self) -> Taken:
        given = self.data
        return Taken(given["taken_on"], given["amount"], given["reference"], given["reason"])

    def meet(self) -> None:
        """Propose today as the bank's day when the form is opened."""
        if not self.is_submitted():
            self.taken_on.data = court_today()
