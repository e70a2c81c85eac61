"""Read the filters of the ledger page from its address."""

from collections.abc import Sequence
from datetime import date

from flask import request
from wtforms.validators import Optional

from diversion.core.words import _
from diversion.fund.kinds import EVENTS, KIND_WORDS, Kind
from diversion.ledger.accounts import CARD_CLEARING, IN_TRANSIT, TREASURY, UNDEPOSITED
from diversion.ledger.queries import AccountLine
from diversion.ledger.registers import Wanted
from diversion.web.fields import AtMost, ChoiceField, DateField, TextField
from diversion.web.forms import Form, choices

CASH = "cash"
CASH_ACCOUNTS = (UNDEPOSITED, IN_TRANSIT, TREASURY, CARD_CLEARING)


class FilterForm(Form):
    """What the register shows; everything is optional, so a plain address shows the cash."""

    class Meta:
        csrf = False

    account = ChoiceField(_("Account"))
    first = DateField(_("From"), [Optional()], name="from")
    last = DateField(_("To"), [Optional()], name="to")
    kind = ChoiceField(_("Kind"))
    text = TextField(_("Number, check, amount"), [AtMost(40)], name="q")

    @property
    def accounts(self) -> tuple[int, ...]:
        """Return the accounts asked for; all that hold cash if none is."""
        if self.account.data in (None, CASH) or self.account.errors:
            return CASH_ACCOUNTS
        return (int(self.account.data),)

    def wanted(self) -> Wanted:
        """Return the filter; a part that can't be read is left out, and said so beside it."""
        kind = None if self.kind.errors else self.kind.data
        return Wanted(
            self.accounts, self.first.data, self.last.data,
            EVENTS[Kind(kind)] if kind else frozenset(),
            "" if self.text.errors else self.text.data or "",
        )  # fmt: skip


def asked(accounts: Sequence[AccountLine], month: tuple[date, date]) -> FilterForm:
    """Return the filters of this address; without any, the present month is shown."""
    form = FilterForm(request.args)
    named = {CASH: _("All cash accounts")} | {
        a.code: _("{code} {name}", code=a.code, name=a.name) for a in accounts
    }
    form.account.choices = choices(named)
    form.kind.choices = [*choices({"": _("All kinds")}), *choices(Kind, names=KIND_WORDS)]
    if not request.args:
        form.first.data, form.last.data = month
    form.validate()
    return form
