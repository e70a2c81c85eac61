"""Read a fee schedule: its lines, from which day, and what becomes of overpayments."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from diversion.core.errors import Invalid
from diversion.core.money import ZERO
from diversion.core.words import _
from diversion.fees.schedules.models import LineKind, Office, Overpayment
from diversion.fees.schedules.services import Part
from diversion.web.fields import (
    AtMost,
    ChoiceField,
    CodeField,
    DateField,
    Filled,
    MoneyField,
    TextField,
    WholeField,
)
from diversion.web.forms import CreatingForm, choices

PLACES = (1, 2, 3)
OF_STATE = "State diversion fee"
WORDS = {Overpayment.CREDIT: _("Keep it as a credit"), Overpayment.REFUSE: _("Refuse it")}


class HalfALine(Invalid):
    """A line has both a name and an amount."""

    sentence = _("Every line has a name and an amount.")


class NoSum(Invalid):
    """A line is more than nothing."""

    sentence = _("Write an amount above zero.")


class ScheduleForm(CreatingForm):
    """Up to three lines for the Account, and the state's line, which is off by default."""

    label_1 = TextField(_("First line"), [Filled(_("Write what it is for.")), AtMost(80)])
    amount_1 = MoneyField(_("Its amount"), [Filled(_("Write the amount."))])
    earmark_1 = ChoiceField(_("Its purpose"), coerce=int)
    label_2 = TextField(_("Second line"), [AtMost(80)])
    amount_2 = MoneyField(_("Its amount"))
    earmark_2 = ChoiceField(_("Its purpose"), coerce=int)
    label_3 = TextField(_("Third line"), [AtMost(80)])
    amount_3 = MoneyField(_("Its amount"))
    earmark_3 = ChoiceField(_("Its purpose"), coerce=int)
    statutory = MoneyField(_("The state's fee"))
    office = CodeField(_("Who collects the state's fee"), codes=Office)
    in_force_on = DateField(_("In force from"), [Filled(_("Write the day."))])
    due_days = WholeField(_("Due after how many days"), [Filled()], least=0, most=999, default=90)
    overpayment = CodeField(
        _("Money above what is owed"), [Filled()], codes=Overpayment,
        choices=choices(WORDS, names=WORDS), default=Overpayment.CREDIT,
    )  # fmt: skip

    def offer(self, purposes: Mapping[int, str]) -> None:
        """Let a line be bound to one of the county's purposes."""
        for _label, _amount, earmark in self.lines:
            earmark.choices = choices(dict(purposes.items()))

    @property
    def lines(self) -> list[tuple[Any, Any, Any]]:
        """Return the fields of each line, as the page shows them."""
        fields = self._fields
        return [tuple(fields[f"{name}_{n}"] for name in ("label", "amount", "earmark"))
                for n in PLACES]  # fmt: skip

    @property
    def parts(self) -> list[Part]:
        """Return the lines that were filled in. Raises HalfALine, NoSum."""
        found = []
        for label, amount, earmark in self.lines:
            if bool(label.data) != bool(amount.data):
                raise HalfALine(field=amount.name)
            _check_sum(amount)
            if label.data:
                found.append(Part(label.data, amount.data, earmark=earmark.data or 0))
        _check_sum(self.statutory)
        if self.statutory.data:
            found.append(self._of_state())
        return found

    def _of_state(self) -> Part:
        """Return the state's line, which is off where nobody collects it."""
        amount, office = self.statutory.data, self.office.data
        line = Part(OF_STATE, amount, LineKind.STATUTORY)
        return line if office is None else replace(line, noted=True, office=office)


def _check_sum(amount: Any) -> None:
    if amount.data is not None and amount.data < ZERO:
        raise NoSum(field=amount.name)
