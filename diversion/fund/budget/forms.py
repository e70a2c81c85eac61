"""Read what is to be set aside, and for what."""

from diversion.core.words import _
from diversion.web.fields import AtMost, ChoiceField, Filled, MoneyField, TextField
from diversion.web.forms import CreatingForm, choices


class EarmarkForm(CreatingForm):
    """A purpose that money is bound to, such as a donor's."""

    name = TextField(_("Purpose"), [Filled(), AtMost(80)])


class LineForm(CreatingForm):
    """A line of the budget."""

    name = TextField(_("What the money is for"), [Filled(), AtMost(80)])
    earmark = ChoiceField(_("Out of"), [Filled(_("Choose where the money comes from."))])


class AmountForm(CreatingForm):
    """What a line is to hold: the amount of the year, or more or less of it."""

    amount = MoneyField(_("Amount"), [Filled(_("Write an amount."))])
    note = TextField(_("Reason"), [Filled(_("Say why, without a name.")), AtMost(200)])


def line_form(earmarks: dict[int, str]) -> LineForm:
    """Return the form with the purposes that are there."""
    form = LineForm()
    form.earmark.choices = choices(earmarks)
    return form
