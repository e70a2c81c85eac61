"""Read money without an account, and whose it is found to be."""

from diversion.core.words import _
from diversion.fees.again_forms import AgainForm
from diversion.fees.models import VoidReason
from diversion.fees.unplaced.models import UnplacedKind
from diversion.fees.unplaced.services import Handed
from diversion.fees.void_forms import VoidForm
from diversion.ledger.commands import Mode
from diversion.web.fields import AtMost, CodeField, Filled, MoneyField, Plain, TextField
from diversion.web.forms import Form, choices

MODES = (Mode.CASH, Mode.CHECK, Mode.MONEY_ORDER)
REASONS = (VoidReason.WRONG_AMOUNT, VoidReason.WRONG_METHOD, VoidReason.TAKEN_BY_MISTAKE)


class HandedForm(AgainForm):
    """What was handed over."""

    kind = CodeField(
        _("What it is"), [Filled()], codes=UnplacedKind, default=UnplacedKind.UNIDENTIFIED
    )
    amount = MoneyField(_("Amount"), validators=[Filled(_("Write the amount that was paid."))])
    mode = CodeField(_("Paid by"), [Filled()], codes=Mode, choices=choices(MODES))
    reference = TextField(_("Check or money order number"), [Plain(40)])

    @property
    def handed(self) -> Handed:
        given = self.data
        return Handed(*(given[name] for name in ("kind", "amount", "mode", "reference")))


class PlacingForm(Form):
    """Whose money it is."""

    number = TextField(_("Participant number"), [Filled(), AtMost(20)])


class UnplacedVoidForm(VoidForm):
    """Why a receipt is void that has no account to be wrong."""

    reason = CodeField(_("Why"), [Filled()], codes=VoidReason, choices=choices(REASONS))
