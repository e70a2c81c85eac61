"""Ask what a finished roll should say, and why."""

from collections.abc import Sequence
from datetime import datetime

from wtforms import SelectMultipleField

from diversion.core.words import _
from diversion.sbad.attendance.reasons import Correction
from diversion.sbad.attendance.rules import IN_THE_ROOM, TIMED, Current, Mark, Presence
from diversion.sbad.classes.models import CourseModule
from diversion.web.fields import CodeField, Filled, WholeField
from diversion.web.forms import CreatingForm, choices

MARKS = [each for each in Presence if each is not Presence.UNMARKED]


class CorrectionForm(CreatingForm):
    """What is right, and why it is changed only now."""

    value = CodeField(
        _("What is right"), [Filled(_("Choose one."))], codes=Presence, choices=choices(MARKS)
    )
    minutes = WholeField(_("Minutes"), least=1, most=600)
    missed = SelectMultipleField(_("Modules missed"), choices=[])
    reason = CodeField(_("Why it is corrected"), [Filled(_("Choose a reason."))], codes=Correction)

    def mark(self, handle: str, current: Current, now: datetime) -> Mark:
        """Return the mark that was chosen, after validation."""
        value = Presence(self["value"].data)
        minutes = self["minutes"].data if value in TIMED else None
        missed = ".".join(self["missed"].data or ()) if value in IN_THE_ROOM else ""
        return Mark(self.key, handle, value, now, current.version, minutes, missed=missed)

    def offer(self, modules: Sequence[CourseModule]) -> None:
        """Offer the modules of the course, by their places."""
        self["missed"].choices = choices({each.place: each.name for each in modules})
