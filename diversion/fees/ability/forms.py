"""Read a worksheet: a few facts, in the order of the paper."""

from typing import Any

from flask import current_app
from wtforms import BooleanField, TextAreaField
from wtforms.validators import ValidationError

from diversion.core.money import ZERO, Money
from diversion.core.words import _
from diversion.fees.ability.models import Benefit, Proof
from diversion.fees.ability.rules import Facts, Policy
from diversion.web.fields import AtMost, CodeField, Filled, MoneyField, WholeField
from diversion.web.forms import CreatingForm


def not_below_zero(_form: Any, field: Any) -> None:
    """Raise ValidationError: who has less than nothing writes costs above the income."""
    if field.data is not None and field.data < ZERO:
        raise ValidationError(_("Write an amount of zero or more."))


class WorksheetForm(CreatingForm):
    """What a person says about the household."""

    household = WholeField(
        _("People in the household"), [Filled(_("Write how many people."))], least=1, most=20
    )
    income = MoneyField(
        _("Income of a month"), [Filled(_("Write 0 if there is none.")), not_below_zero]
    )
    expenses = MoneyField(
        _("Necessary costs of a month"),
        [Filled(_("Write 0 if there are none.")), not_below_zero],
    )
    benefit = CodeField(_("Help by need"), [Filled()], codes=Benefit, default=Benefit.NONE)
    appointed_counsel = BooleanField(_("The court appointed a lawyer"))
    proof = CodeField(_("This rests on"), [Filled()], codes=Proof, default=Proof.OWN_WORD)
    note = TextAreaField(_("Anything else"), [AtMost(1000)])

    @property
    def facts(self) -> Facts:
        given = self.data
        return Facts(
            given["household"], given["income"], given["expenses"],
            given["benefit"], given["appointed_counsel"],
        )  # fmt: skip

    @property
    def beside(self) -> dict[str, Any]:
        return {"proof": self.proof.data, "note": (self.note.data or "").strip()}


def policy() -> Policy:
    """Return the county's policy as its settings say."""
    first, each_more = current_app.config["POVERTY_GUIDELINE_CENTS"]
    return Policy(
        Money(first), Money(each_more), current_app.config["ABILITY_STEPS"],
        current_app.config["INSTALMENT_SHARE"],
    )  # fmt: skip
