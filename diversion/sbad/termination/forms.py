"""Ask for what a notice, its dispute and its finding need."""

from collections.abc import Iterable

from diversion.core.words import _
from diversion.enrollments.codes import ConditionKind, Finding
from diversion.enrollments.lifecycle.words import KINDS
from diversion.sbad.program.forms import Dated
from diversion.web.fields import CodeField, DateField, Filled
from diversion.web.forms import choices


class NoticeForm(Dated):
    """The grounds of a notice: what was left undone or broken, never money."""

    grounds = CodeField(
        _("On which grounds?"), [Filled(_("Choose the grounds."))], codes=ConditionKind,
        choices=choices(KINDS),
    )  # fmt: skip

    def meet(self, grounds: Iterable[ConditionKind]) -> None:
        """Offer the grounds that there are."""
        self.grounds.choices = choices({each: KINDS[each] for each in grounds})


class DisputeForm(Dated):
    """That the person disputes the grounds, and when that is heard."""

    hearing_on = DateField(_("Day of the hearing"))


class FindingForm(Dated):
    """What was found."""

    finding = CodeField(_("What was found?"), [Filled(_("Choose what was found."))], codes=Finding)
