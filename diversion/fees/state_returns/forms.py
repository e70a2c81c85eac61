"""Read what the paper of a bank says of a returned payment."""

from diversion.core.words import _
from diversion.fees.codes import ReturnReason
from diversion.web.fields import AtMost, CodeField, Filled, TextField
from diversion.web.forms import Form


class ReturnForm(Form):
    """Why the bank took it back."""

    reason = CodeField(_("Reason on the paper"), [Filled()], codes=ReturnReason)
    reference = TextField(_("Bank's number"), [AtMost(40)])
