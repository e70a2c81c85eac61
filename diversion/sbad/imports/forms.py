"""Take a tracking workbook."""

from flask_wtf.file import FileField

from diversion.core.words import _
from diversion.web.forms import CreatingForm


class FileForm(CreatingForm):
    """A workbook or CSV to look at."""

    file = FileField(_("Workbook or CSV"))
