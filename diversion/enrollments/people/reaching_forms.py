"""Ask from whom a record is kept, and why."""

from collections.abc import Mapping

from diversion.core.words import Sentence, _
from diversion.participants.assignments.models import BlockReason, Reason
from diversion.staff.models import Staff
from diversion.web.fields import ChoiceField, CodeField, Filled
from diversion.web.forms import CreatingForm, choices

GIVEN: dict[Reason, Sentence] = {
    Reason.ADVOCACY: _("Advocacy"),
    Reason.CASE: _("The case"),
    Reason.COVERAGE: _("In place of somebody else"),
    Reason.MENTORING: _("Mentor: ends with the match"),
}
BLOCKS: dict[BlockReason, Sentence] = {
    BlockReason.CONFLICT: _("A conflict of interest"),
    BlockReason.FAMILY: _("They know each other"),
    BlockReason.REQUEST: _("The person asked for it"),
}


class KeepForm(CreatingForm):
    """Somebody of this side, and the reason as a code."""

    staff = ChoiceField(_("From whom?"), [Filled(_("Choose somebody."))])
    reason = CodeField(
        _("Why?"), [Filled(_("Choose a reason."))], codes=BlockReason, choices=choices(BLOCKS)
    )

    def meet(self, known: Mapping[str, Staff]) -> None:
        self.staff.choices = choices({handle: each.name for handle, each in known.items()})
