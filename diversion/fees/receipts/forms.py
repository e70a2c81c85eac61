"""Read what is typed where money is taken or a receipt is voided."""

from typing import Any

from wtforms import BooleanField, HiddenField

from diversion.core.words import _
from diversion.fees.models import Payor, VoidReason
from diversion.fees.receipts.services import Payment
from diversion.ledger.commands import Mode
from diversion.web.fields import AtMost, CodeField, Filled, MoneyField, TextField
from diversion.web.forms import CreatingForm, Form, choices

MODES = {
    Mode.CASH: _("Cash"),
    Mode.CHECK: _("Check"),
    Mode.MONEY_ORDER: _("Money order"),
    Mode.CARD: _("Card"),
}
REASONS = {
    VoidReason.WRONG_AMOUNT: _("Wrong amount"),
    VoidReason.WRONG_PERSON: _("Wrong account"),
    VoidReason.WRONG_METHOD: _("Wrong way of payment"),
    VoidReason.TAKEN_BY_MISTAKE: _("Taken by mistake"),
}


class PaymentForm(CreatingForm):
    """A payment, in the order of the paper slip: four fields."""

    amount = MoneyField(_("Amount"), validators=[Filled(_("Write the amount that was paid."))])
    mode = CodeField(_("Paid by"), [Filled()], codes=Mode, choices=choices(MODES, names=MODES))
    reference = TextField(_("Check number or card reference"), [AtMost(40)])
    payor = CodeField(_("Received from"), [Filled()], codes=Payor, default=Payor.SELF)

    @property
    def payment(self) -> Payment:
        given = self.data
        return Payment(given["amount"], given["mode"], given["reference"], given["payor"])


class VoidForm(Form):
    """Why a receipt is void; `seen` is the hash that the page showed."""

    seen = HiddenField()
    reason = CodeField(
        _("Why"), [Filled()], codes=VoidReason, choices=choices(REASONS, names=REASONS)
    )
    copy_returned = BooleanField(_("The payer's copy came back"))

    @property
    def why(self) -> dict[str, Any]:
        given = self.data
        return {name: given[name] for name in ("reason", "copy_returned", "seen")}
