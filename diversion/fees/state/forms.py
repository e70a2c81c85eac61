"""Read what a paper of the court says of the state's fee."""

from diversion.core.money import Money
from diversion.core.words import _
from diversion.fees.schedules.models import Office
from diversion.fees.state.models import Noted
from diversion.fees.state.services import Fact
from diversion.web.fields import AtMost, CodeField, DateField, Filled, MoneyField, TextField
from diversion.web.forms import CreatingForm, choices

AT_COURT = (Noted.PAID, Noted.WAIVED)


class NoteForm(CreatingForm):
    """What happened at the court, how much of it, and the paper that says so."""

    kind = CodeField(
        _("What happened"), [Filled()], codes=Noted, choices=choices(AT_COURT), default=Noted.PAID
    )
    amount = MoneyField(_("Amount"), [Filled(_("Write the amount."))])
    reference = TextField(_("Number of the court's paper"), [Filled(), AtMost(40)])
    happened_on = DateField(_("Day of the paper"), [Filled(_("Write the day."))])

    def meet(self, open_: Money, office: Office) -> None:
        """Propose what is open; what this office takes itself is only waived by a paper."""
        if office is Office.PROGRAM_OFFICE:
            self.kind.choices = choices([Noted.WAIVED])
            self.kind.data = self.kind.data if self.is_submitted() else Noted.WAIVED
        if not self.is_submitted():
            self.amount.data = open_

    @property
    def fact(self) -> Fact:
        return Fact(self.kind.data, self.amount.data, self.reference.data, self.happened_on.data)
