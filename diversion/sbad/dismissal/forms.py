"""Ask what a look at the record said, and on which day a later step happened."""

from diversion.core.words import _
from diversion.enrollments.codes import RecordResult
from diversion.sbad.program.forms import Dated
from diversion.web.fields import CodeField, Filled


class RecordForm(Dated):
    """The result as a code; the record itself stays where it is."""

    result = CodeField(
        _("What did the look at the record say?"), [Filled(_("Choose what it said."))],
        codes=RecordResult,
    )  # fmt: skip
