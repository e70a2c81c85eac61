"""Read why accounts are switched on or off."""

from wtforms import HiddenField

from diversion.core.words import _
from diversion.web.fields import AtMost, Filled, TextField
from diversion.web.forms import Form


class SwitchForm(Form):
    """Why; `to` is what the page offered, so that nobody undoes what somebody just did."""

    to = HiddenField()
    reason = TextField(_("Reason"), [Filled(_("Say why.")), AtMost(200)])
