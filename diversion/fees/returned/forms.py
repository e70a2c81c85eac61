"""Read what the paper of the bank says of a payment."""

from diversion.core.money import ZERO
from diversion.core.words import _
from diversion.fees.codes import ReturnReason
from diversion.fees.returned.models import ReturnKind
from diversion.fees.returned.services import Notice
from diversion.ledger.commands import Mode
from diversion.web.fields import AtMost, CodeField, Filled, MoneyField, TextField
from diversion.web.forms import Form, choices


class NoticeForm(Form):
    """A returned item or a chargeback, as its paper has it."""

    kind = CodeField(_("What happened"), [Filled()], codes=ReturnKind)
    reason = CodeField(_("Reason on the paper"), [Filled()], codes=ReturnReason)
    reference = TextField(_("Number of the bank's paper"), [Filled(), AtMost(40)])
    fee = MoneyField(_("Fee for the payer"))

    def meet(self, mode: Mode, *, charges: bool) -> None:
        """Offer what fits the payment; a fee only where the county charges one."""
        of_card = [ReturnKind.CHARGEBACK, ReturnKind.CHARGEBACK_WON]
        kinds = of_card if mode is Mode.CARD else [ReturnKind.RETURNED]
        self.kind.choices = choices(kinds)
        disputed = ReturnReason.DISPUTED
        of_check = [reason for reason in ReturnReason if reason is not disputed]
        self.reason.choices = choices(
            [disputed, ReturnReason.OTHER] if mode is Mode.CARD else of_check
        )
        if not self.is_submitted():
            self.kind.data = kinds[0]
        if not charges:
            del self.fee

    @property
    def notice(self) -> Notice:
        given = self.data
        return Notice(given["kind"], given["reason"], given["reference"], given.get("fee") or ZERO)
