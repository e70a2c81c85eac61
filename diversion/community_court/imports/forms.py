"""Take a file that someone brings."""

from wtforms import FileField

from diversion.core.words import _
from diversion.web.forms import Form


class UploadForm(Form):
    """A workbook or a text table."""

    file = FileField(_("File"))
