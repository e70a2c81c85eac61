"""Read what is to be paid, and how it was paid."""

from collections.abc import Sequence
from typing import Any

from flask_wtf.file import FileField

from diversion.core.money import Money
from diversion.core.words import Sentence, _
from diversion.fund.awards.words import AIMS
from diversion.fund.orders.kinds import METHODS, PAYEES, TAKEN_BACK, WORDS, Method, OrderKind
from diversion.web.fields import AtMost, ChoiceField, CodeField, Filled, MoneyField, TextField
from diversion.web.forms import CreatingForm, choices


class VoucherForm(CreatingForm):
    """A bill to pay out of an award; never a name."""

    award = ChoiceField(_("Award"), [Filled(_("Choose the award that pays."))])
    amount = MoneyField(_("Amount"), [Filled(_("Write an amount."))])
    reference = TextField(_("Invoice number"), [AtMost(40)])
    document = FileField(_("Invoice"))


class PayForm(CreatingForm):
    """The check or transfer."""

    method = CodeField(
        _("Paid by"), [Filled(_("Choose how it is paid."))], codes=Method, names=METHODS
    )
    reference = TextField(
        _("Check or transfer number"), [Filled(_("Write the number.")), AtMost(40)]
    )


class TakeBackForm(CreatingForm):
    """What became of a check."""

    kind = CodeField(
        _("What happened"),
        [Filled(_("Choose what happened."))],
        codes=OrderKind,
        choices=choices(sorted(TAKEN_BACK, reverse=True), names=WORDS),
    )
    note = TextField(_("Reason"), [Filled(_("Say why, without a name.")), AtMost(200)])


def voucher_form(awards: Sequence[Any], wanted: str) -> VoucherForm:
    """Return the form with the awards that still promise something, `wanted` chosen."""
    form = VoucherForm(award=wanted)
    form.award.choices = choices({row.Award.number: _described(row) for row in awards})
    return form


def _described(row: Any) -> Sentence:
    return _(
        "{number} · {payee} · {aim} · {left} left", number=row.Award.number,
        payee=row.payee or PAYEES[row.Award.payee_kind], aim=AIMS[row.Award.aim],
        left=Money(int(row.promised)),
    )  # fmt: skip
