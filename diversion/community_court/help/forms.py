"""Read what the fund is asked for a person."""

from collections.abc import Sequence
from typing import Any

from diversion.core.money import Money
from diversion.core.words import _
from diversion.fund.awards.words import AIMS
from diversion.fund.orders.kinds import PayeeKind
from diversion.web.fields import AtMost, ChoiceField, Filled, MoneyField, TextField
from diversion.web.forms import CreatingForm, choices


class HelpForm(CreatingForm):
    """A bill for direct help; finance reads all of it but for whom it is."""

    award = ChoiceField(_("What for"), [Filled(_("Choose what it is for."))])
    amount = MoneyField(_("Amount"), [Filled(_("Write an amount."))])
    reference = TextField(_("Invoice number"), [AtMost(40)])


def help_form(awards: Sequence[Any]) -> HelpForm:
    """Return the form with the awards for direct help that still promise something."""
    form = HelpForm()
    form.award.choices = choices(
        {
            row.Award.number: _(
                "{aim} · {number} · {left} left", aim=AIMS[row.Award.aim],
                number=row.Award.number, left=Money(int(row.promised)),
            )
            for row in awards
            if row.Award.payee_kind is PayeeKind.VICTIM
        }
    )  # fmt: skip
    if not form.is_submitted() and len(form.award.choices) == 1:
        form.award.process_data(form.award.choices[0].value)
    return form
