"""Read to whom the state's fee is sent on, and how many percent of it."""

from wtforms.validators import Optional

from diversion.core.words import _
from diversion.fees.remittees.rules import Share
from diversion.web.fields import AtMost, DateField, Filled, TextField, WholeField
from diversion.web.forms import CreatingForm

PLACES = (1, 2, 3)


class SplitForm(CreatingForm):
    """Up to three offices; the fields of each line are added below."""

    in_force_on = DateField(_("From"), [Filled(_("Write the day."))])

    @property
    def lines(self) -> list[tuple[TextField, WholeField]]:
        """Return the fields of each line, as the page shows them."""
        return [(self[f"name_{n}"], self[f"percent_{n}"]) for n in PLACES]

    @property
    def shares(self) -> list[Share]:
        return [
            Share(name.data or "", percent.data or 0)
            for name, percent in self.lines
            if name.data or percent.data
        ]


for _n in PLACES:
    setattr(SplitForm, f"name_{_n}", TextField(_("Office"), [AtMost(80)]))
    setattr(SplitForm, f"percent_{_n}", WholeField(_("Percent"), [Optional()], least=1, most=100))
