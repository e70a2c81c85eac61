"""Read what the paper of a bank says of a returned payment."""

from diversion.core.words import _
from diversion.fees.codes import ReturnReason
from diversion.web.fields import AtMost, CodeField, Filled, TextField
from diversion.web.forms import Form, choices

# A card is disputed, never a check.
OF_CHECK = [reason for reason in ReturnReason if reason is not ReturnReason.DISPUTED]


class ReturnForm(Form):
    """Why the bank took it back."""

    reason = CodeField(
        _("Reason on the paper"), [Filled()], codes=ReturnReason, choices=choices(OF_CHECK)
    )
    reference = TextField(_("Bank's number"), [AtMost(40)])
