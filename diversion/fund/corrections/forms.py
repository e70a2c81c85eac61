"""Read a correction as a bookkeeper writes it: lines, a day, a reason, the document."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_wtf.file import FileField
from wtforms.validators import Optional

from diversion.core.words import _
from diversion.fund.corrections import rules
from diversion.fund.corrections.models import CorrectionKind
from diversion.fund.corrections.services import Wish
from diversion.ledger.accounts import CHANGE_FUND, Group
from diversion.ledger.commands import Line
from diversion.ledger.events import BY_EVENT, Event
from diversion.ledger.queries import AccountLine
from diversion.web.fields import AtMost, ChoiceField, DateField, Filled, MoneyField, TextField
from diversion.web.fields import WholeField as Whole
from diversion.web.forms import CreatingForm, Form, choices
from diversion.web.uploads import fingerprint

LINES = 6
MOST = 2_000_000_000


@dataclass(frozen=True)
class Row:
    """The fields of one line."""

    account: ChoiceField
    key: Whole
    earmark: ChoiceField
    debit: MoneyField
    credit: MoneyField


class CorrectionForm(CreatingForm):
    """An adjustment or the opening entry. The fields of its lines are added below."""

    effective_on = DateField(_("Counts for"), [Filled()])
    reason = TextField(_("Reason"), [Filled(_("Say why.")), AtMost(300)])
    document = FileField(_("Document"))

    def rows(self) -> Iterator[Row]:
        for n in range(1, LINES + 1):
            parts = ("account", "key", "earmark", "debit", "credit")
            yield Row(*(self[f"{part}_{n}"] for part in parts))

    def lines(self) -> list[Line]:
        """Return the lines that were filled in. Raises BothSides."""
        return [
            rules.line(
                int(row.account.data), row.debit.data, row.credit.data, row.key.data or 0,
                int(row.earmark.data or 0),
            )
            for row in self.rows()
            if row.account.data
        ]  # fmt: skip

    def wish(self, kind: CorrectionKind) -> Wish:
        """Return what is asked. Raises BothSides, NoFile, TooLarge."""
        document = fingerprint(self.document, needed=kind is CorrectionKind.ADJUST)
        return Wish(kind, self.effective_on.data, self.reason.data, self.lines(), document)


for _n in range(1, LINES + 1):
    setattr(CorrectionForm, f"account_{_n}", ChoiceField(_("Account")))
    setattr(CorrectionForm, f"key_{_n}", Whole(_("Key"), [Optional()], least=1, most=MOST))
    setattr(CorrectionForm, f"earmark_{_n}", ChoiceField(_("Earmark")))
    setattr(CorrectionForm, f"debit_{_n}", MoneyField(_("Debit"), [Optional()]))
    setattr(CorrectionForm, f"credit_{_n}", MoneyField(_("Credit"), [Optional()]))


class TurnBackForm(Form):
    """Why an entry is turned back."""

    reason = TextField(_("Reason"), [Filled(_("Say why.")), AtMost(300)])


class YearEndForm(Form):
    """The button is all: the lines are what the year adds up to."""


def correction_form(
    accounts: list[AccountLine], earmarks: dict[int, str], today: date, event: Event
) -> CorrectionForm:  # fmt: skip
    """Return the form with the accounts that such an entry may touch."""
    form = CorrectionForm()
    offered: dict[Any, Any] = {"": _("–")} | {
        a.code: _("{code} {name}", code=a.code, name=a.name)
        for a in accounts
        if a.code in BY_EVENT[event].debits
        and a.group is not Group.STATUTORY
        and a.code != CHANGE_FUND
    }
    marks = choices({number: _("{name}", name=name) for number, name in earmarks.items()})
    for row in form.rows():
        row.account.choices, row.earmark.choices = choices(offered), marks
    if not form.is_submitted():
        form.effective_on.process_data(today)
    return form
