"""Ask for a new word of a list, and for pauses which rule it stands for."""

from diversion.core.words import _
from diversion.enrollments.codes import Clock
from diversion.web.fields import AtMost, CodeField, Filled, TextField
from diversion.web.forms import CreatingForm


class WordForm(CreatingForm):
    """What people call it."""

    label = TextField(_("What people read"), [Filled(), AtMost(120)])

    @property
    def maps_to(self) -> str:
        return ""


class PauseWordForm(WordForm):
    """A reason to pause says also what becomes of due dates."""

    clock = CodeField(_("During the pause"), [Filled(_("Choose the rule."))], codes=Clock)

    @property
    def maps_to(self) -> str:
        return str(self.clock.data)
