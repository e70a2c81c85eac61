"""Read what is typed where the state's fee is taken."""

from diversion.core.money import Money
from diversion.core.words import _
from diversion.fees.again_forms import AgainForm
from diversion.fees.models import Payor
from diversion.fees.state_receipts.services import Handed
from diversion.ledger.commands import Mode
from diversion.web.fields import CodeField, Filled, MoneyField, Plain, TextField
from diversion.web.forms import choices

MODES = (Mode.CASH, Mode.CHECK, Mode.MONEY_ORDER)


class TakeForm(AgainForm):
    """A payment of the state's fee, in the order of the paper slip: four fields."""

    amount = MoneyField(_("Amount"), validators=[Filled(_("Write the amount that was paid."))])
    mode = CodeField(_("Paid by"), [Filled()], codes=Mode, choices=choices(MODES))
    reference = TextField(_("Check or money order number"), [Plain(40)])
    payor = CodeField(_("Received from"), [Filled()], codes=Payor, default=Payor.SELF)

    def meet(self, open_: Money) -> None:
        """Propose what is open when the form is opened."""
        if open_ and not self.is_submitted():
            self.amount.data = open_

    @property
    def handed(self) -> Handed:
        given = self.data
        return Handed(*(given[name] for name in ("amount", "mode", "reference", "payor")))
