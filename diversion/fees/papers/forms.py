"""Read as of which day and entry a paper is asked for."""

from datetime import date

from flask import request
from wtforms.validators import Optional, ValidationError

from diversion.core.words import _
from diversion.ledger import queries as ledger
from diversion.web.calendar import court_today
from diversion.web.fields import DateField, WholeField
from diversion.web.forms import Form

MOST = 2_000_000_000


class AsOfForm(Form):
    """A day and an entry; without any, today and the last entry."""

    class Meta:
        csrf = False

    to = DateField(_("As of"), [Optional()])
    entry = WholeField(_("As of entry"), [Optional()], least=0, most=MOST)

    def validate_to(self, field: DateField) -> None:
        if field.data and field.data > court_today():
            raise ValidationError(_("A paper says what is so: choose today or an earlier day."))

    @property
    def day(self) -> date:
        return court_today() if self.to.errors or not self.to.data else self.to.data

    @property
    def up_to(self) -> int:
        """Return the last entry that counts; what can't be read is left out, and said so."""
        head = ledger.head().number
        return head if self.entry.data is None else min(self.entry.data, head)

    @property
    def is_now(self) -> bool:
        return self.day == court_today() and self.up_to == ledger.head().number


def asked() -> AsOfForm:
    """Return what this address asks for."""
    form = AsOfForm(request.args)
    form.validate()
    return form
