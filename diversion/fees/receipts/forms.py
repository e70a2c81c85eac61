"""Read what is typed where money is taken or a receipt is voided."""

from typing import Any

from wtforms import BooleanField, HiddenField

from diversion.core.money import Money
from diversion.core.words import _
from diversion.fees.models import Payor, VoidReason
from diversion.fees.receipts.services import Payment, RestNotAgreed
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
    reference = TextField(_("Check, money order or card number"), [AtMost(40)])
    payor = CodeField(_("Received from"), [Filled()], codes=Payor, default=Payor.SELF)

    keep_rest = BooleanField(_("Keep what is more than owed as a credit"))

    @property
    def payment(self) -> Payment:
        given = self.data
        return Payment(
            *(given[name] for name in ("amount", "mode", "reference", "payor", "keep_rest"))
        )

    def meet(self, owed: Money) -> None:
        """Propose what is owed when the form is opened."""
        if owed and not self.is_submitted():
            self.amount.data = owed

    @property
    def is_too_much(self) -> bool:
        """Say whether a credit is to be agreed to."""
        return self.keep_rest.data or isinstance(self.refusal, RestNotAgreed)


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
