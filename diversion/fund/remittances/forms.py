"""Read how much of the state's fee is sent on, and how."""

from diversion.core.money import Money
from diversion.core.words import _
from diversion.fund.orders.kinds import METHODS, Method
from diversion.fund.remittances.services import Sending
from diversion.web.fields import CodeField, Filled, MoneyField, Plain, TextField
from diversion.web.forms import CreatingForm


class SendForm(CreatingForm):
    """A check or transfer of the treasurer to one office."""

    amount = MoneyField(_("Amount"), [Filled(_("Write the amount."))])
    method = CodeField(_("Sent by"), [Filled()], codes=Method, names=METHODS)
    reference = TextField(
        _("Number of the check or transfer"), [Filled(_("Write its number.")), Plain(40)]
    )

    def meet(self, most: Money) -> None:
        """Propose all that can be sent on."""
        if most and not self.is_submitted():
            self.amount.data = most

    @property
    def sending(self) -> Sending:
        given = self.data
        return Sending(given["amount"], given["method"], given["reference"])
