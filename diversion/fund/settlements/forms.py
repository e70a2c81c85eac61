"""Read a settlement file of the card processor."""

from flask_wtf.file import FileField

from diversion.core.words import _
from diversion.web.forms import Form


class SettlementForm(Form):
    """The file."""

    file = FileField(_("Settlement file"))
