"""Ask why a condition should be let go, and read the answer."""

from typing import Any

from diversion.core.words import _
from diversion.enrollments.terms.lists import EXCUSAL_REASONS, listed
from diversion.sbad.program.way import TRACK
from diversion.web.calendar import court_today
from diversion.web.fields import ChoiceField, Filled
from diversion.web.forms import CreatingForm, choices


class ExcusalForm(CreatingForm):
    """The reason, as a word of the county's list."""

    reason = ChoiceField(_("Why?"), [Filled(_("Choose a reason."))])

    def __init__(self, **more: Any) -> None:
        super().__init__(**more)
        words = listed(EXCUSAL_REASONS, TRACK, court_today())
        self.reason.choices = choices({each.word: each.label for each in words})


class AnswerForm(CreatingForm):
    """Granted or not, by the button that was pressed."""

    answer = ChoiceField(
        _("Answer"), [Filled(_("Grant it or not."))],
        choices=choices({"granted": _("Grant it"), "refused": _("Don't grant it")}),
    )  # fmt: skip
