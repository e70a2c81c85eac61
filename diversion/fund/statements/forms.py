"""Read from the address which days, up to which entry, and which account a report is about."""

from datetime import date

from flask import request
from wtforms.validators import Optional, ValidationError

from diversion.core.errors import NotYours
from diversion.core.words import _
from diversion.fund.statements.account import account_of
from diversion.fund.statements.report import Question
from diversion.ledger import queries as ledger
from diversion.ledger.accounts import TREASURY
from diversion.ledger.extracts import Range
from diversion.staff.models import Staff
from diversion.web.fields import ChoiceField, DateField, TextField, WholeField
from diversion.web.forms import Form, choices
from diversion.web.paging import LAST_OFFSET, SIZE
from diversion.web.paging import asked as asked_of

MOST = 2_000_000_000
PAPER = 2_000  # rows of a page that is to be printed


class QuestionForm(Form):
    """The filters of a report; without any, the present month up to the last entry."""

    class Meta:
        csrf = False

    first = DateField(_("From"), [Optional()], name="from")
    last = DateField(_("To"), [Optional()], name="to")
    entry = WholeField(_("As of entry"), [Optional()], least=0, most=MOST)
    account = ChoiceField(_("Account"))
    number = TextField(_("Account number"), [Optional()])

    def validate_first(self, field: DateField) -> None:
        if field.data and self.last.data and field.data > self.last.data:
            raise ValidationError(_("Choose a day that is not after the last one."))

    def question(self, today: date, *, by: Staff) -> Question:
        """Return what is asked; a part that can't be read is left out, and said so beside it."""
        head = ledger.head().number
        last = self.last.data or today
        first = min(self.first.data or last.replace(day=1), last)
        up_to = min(self.entry.data if self.entry.data is not None else head, head)
        account = TREASURY if self.account.errors else int(self.account.data or TREASURY)
        size = PAPER if request.args.get("paper") else SIZE
        return Question(
            Range(first, last, up_to), account, self._participant(by),
            asked_of("page", 1, LAST_OFFSET // size), size,
        )  # fmt: skip

    def _participant(self, by: Staff) -> int | None:
        if not self.number.data:
            return None
        try:
            return account_of(self.number.data, by=by)
        except NotYours:
            self.number.errors = [_("No account has this number. It looks like 26-0125-8.")]
            return None


def asked(today: date) -> QuestionForm:
    """Return the filters of this address."""
    form = QuestionForm(request.args)
    form.account.choices = choices(
        {a.code: _("{code} {name}", code=a.code, name=a.name) for a in ledger.accounts()}
    )
    if not request.args.get("to"):
        form.first.data = form.first.data or today.replace(day=1)
        form.last.data = form.last.data or today
    if not form.account.data:
        form.account.process_data(str(TREASURY))
    form.validate()
    return form
