"""Ask for a day on which the court is closed, or open after all."""

from wtforms.validators import ValidationError

from diversion.core.words import _
from diversion.web.fields import AtMost, ChoiceField, DateField, Filled, TextField
from diversion.web.forms import CreatingForm, choices

CLOSED, OPEN = "closed", "open"


class ClosedDayForm(CreatingForm):
    """A day, what it is, and what to call it on the calendar."""

    closed_on = DateField(_("Day"), [Filled()])
    is_what = ChoiceField(
        _("What is it?"), [Filled(_("Choose one."))],
        choices=choices({CLOSED: _("The court is closed"), OPEN: _("It is open after all")}),
    )  # fmt: skip
    name = TextField(_("What the calendar says"), [AtMost(120)])

    def validate_name(self, field: TextField) -> None:
        """Ask for a name where the court is closed."""
        if self.is_what.data == CLOSED and not field.data:
            raise ValidationError(_("Write what the calendar says."))
