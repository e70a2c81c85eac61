"""Ask what a pause, its end, and a leaving need: a code and a day."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from wtforms import HiddenField
from wtforms.validators import ValidationError

from diversion.core.words import _
from diversion.enrollments.codes import ExitCode
from diversion.enrollments.lifecycle.words import LEAVING
from diversion.enrollments.terms.lists import PAUSE_REASONS, listed
from diversion.sbad.program.way import TRACK
from diversion.staff.models import Staff
from diversion.web.calendar import court_today
from diversion.web.fields import ChoiceField, CodeField, DateField, Filled
from diversion.web.forms import CreatingForm, choices


class Dated(CreatingForm):
    """A form with the day on which something happened; empty is today."""

    on = DateField(_("Date"))

    def validate_on(self, field: DateField) -> None:
        if field.data and field.data > court_today():
            raise ValidationError(_("This day is still to come."))

    @property
    def day(self) -> date:
        """Return the day, after validation."""
        return self.on.data or court_today()


class PauseForm(Dated):
    """Why the program pauses."""

    reason = ChoiceField(_("Why does the program pause?"), [Filled(_("Choose a reason."))])

    def __init__(self, **more: Any) -> None:
        super().__init__(**more)
        words = listed(PAUSE_REASONS, TRACK, court_today())
        self.reason.choices = choices({each.word: each.label for each in words})


class ResumeForm(Dated):
    """When the pause ended; `seen` is the day for which the page showed what moves."""

    seen = HiddenField()

    @property
    def is_seen(self) -> bool:
        return bool(self.seen.data == self.day.isoformat())


class DeputyForm(CreatingForm):
    """Who is given the record."""

    staff = ChoiceField(_("Which deputy?"), [Filled(_("Choose a deputy."))])

    def meet(self, known: Mapping[str, Staff]) -> None:
        self.staff.choices = choices({handle: each.name for handle, each in known.items()})


class LeavingForm(Dated):
    """Why somebody leaves without having failed."""

    exit_code = CodeField(
        _("Why do they leave?"), [Filled(_("Choose a reason."))], codes=ExitCode,
        choices=choices(LEAVING),
    )  # fmt: skip
