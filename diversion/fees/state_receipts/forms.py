"""Read what is typed where the state's fee is taken, and why its receipt is void."""

from diversion.core.money import Money
from diversion.core.words import _
from diversion.fees.models import Payor, VoidReason
from diversion.fees.state_receipts.services import Handed
from diversion.ledger.commands import Mode
from diversion.web.fields import CodeField, Filled, MoneyField, Plain, TextField
from diversion.web.forms import CreatingForm, Form, choices

MODES = (Mode.CASH, Mode.CHECK, Mode.MONEY_ORDER)
REASONS = tuple(reason for reason in VoidReason if reason is not VoidReason.IMPORT_UNDONE)


class TakeForm(CreatingForm):
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


class VoidForm(Form):
    """Why a receipt of the state's fee is void."""

    reason = CodeField(_("Why"), [Filled()], codes=VoidReason, choices=choices(REASONS))
