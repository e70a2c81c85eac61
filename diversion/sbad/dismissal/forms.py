"""Ask what a look at the record said, and on which day a later step happened."""

from diversion.core.words import _
from diversion.enrollments.codes import RecordResult
from diversion.enrollments.dismissal.services import Sealing
from diversion.sbad.program.forms import Dated
from diversion.web.fields import CodeField, Filled


class RecordForm(Dated):
    """The result as a code; the record itself stays where it is."""

    result = CodeField(
        _("What did the look at the record say?"), [Filled(_("Choose what it said."))],
        codes=RecordResult,
    )  # fmt: skip


class SealingForm(Dated):
    """The day of a step of the setting aside, and which step the page offered."""

    what = CodeField(_("Step"), [Filled()], codes=Sealing)
