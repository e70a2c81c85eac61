"""Read what is typed where money is taken."""

from collections.abc import Sequence

from wtforms import BooleanField

from diversion.core.money import Money
from diversion.core.words import _
from diversion.fees.again_forms import AgainForm
from diversion.fees.models import Payor
from diversion.fees.queries import Charge
from diversion.fees.receipts.services import Payment, RestNotAgreed
from diversion.ledger.commands import Mode
from diversion.web.fields import CodeField, Filled, MoneyField, Plain, TextField
from diversion.web.forms import choices

MODES = {
    Mode.CASH: _("Cash"),
    Mode.CHECK: _("Check"),
    Mode.MONEY_ORDER: _("Money order"),
    Mode.CARD: _("Card"),
}

TOWARD = "toward-"


class PaymentForm(AgainForm):
    """A payment, in the order of the paper slip: four fields."""

    amount = MoneyField(_("Amount"), validators=[Filled(_("Write the amount that was paid."))])
    mode = CodeField(
        _("Paid by"), [Filled(_("Choose how it was paid."))], codes=Mode,
        choices=choices(MODES, names=MODES),
    )  # fmt: skip
    reference = TextField(_("Check or money order number, card reference"), [Plain(40)])
    payor = CodeField(_("Received from"), [Filled()], codes=Payor, default=Payor.SELF)

    keep_rest = BooleanField(_("Keep what is more than owed as a credit"))

    @property
    def payment(self) -> Payment:
        given = self.data
        names = ("amount", "mode", "reference", "payor", "keep_rest")
        toward = [(f.name.removeprefix(TOWARD), f.data) for f in self.directed if f.data]
        return Payment(**{name: given[name] for name in names}, toward=tuple(toward))

    @property
    def directed(self) -> list[MoneyField]:
        """Return the fields that direct a part of the payment to a fee, one a fee."""
        return [field for field in self if field.name.startswith(TOWARD)]

    def meet(self, due: Money) -> None:
        """Propose what is due when the form is opened."""
        if due and not self.is_submitted():
            self.amount.data = due

    @property
    def is_too_much(self) -> bool:
        """Say whether a credit is to be agreed to."""
        return self.keep_rest.data or isinstance(self.refusal, RestNotAgreed)


def form_for(charges: Sequence[Charge]) -> PaymentForm:
    """Return the form of a payment, with a field for each fee where there are several."""
    fields = {TOWARD + each.handle: MoneyField(each.label) for each in charges}
    several = fields if len(fields) > 1 else {}
    made: PaymentForm = type("DirectedForm", (PaymentForm,), several)()
    return made
