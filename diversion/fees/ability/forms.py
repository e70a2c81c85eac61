"""Read a worksheet: a few facts, in the order of the paper."""

from typing import Any

from flask import current_app
from wtforms import BooleanField, TextAreaField

from diversion.core.money import ZERO, Money
from diversion.core.words import _
from diversion.fees.ability.models import Benefit, Proof
from diversion.fees.ability.rules import Facts, Policy
from diversion.web.fields import AtMost, CodeField, Filled, MoneyField, WholeField
from diversion.web.forms import CreatingForm


class WorksheetForm(CreatingForm):
    """What a person says about the household."""

    household = WholeField(
        _("People in the household"), [Filled(_("Write how many people."))], least=1, most=20
    )
    income = MoneyField(_("Income of a month"), [Filled(_("Write 0 if there is none."))])
    expenses = MoneyField(
        _("Necessary costs of a month"), [Filled(_("Write 0 if there are none."))]
    )
    benefit = CodeField(_("Help by need"), [Filled()], codes=Benefit, default=Benefit.NONE)
    appointed_counsel = BooleanField(_("The court appointed a lawyer"))
    proof = CodeField(_("This rests on"), [Filled()], codes=Proof, default=Proof.OWN_WORD)
    note = TextAreaField(_("Anything else"), [AtMost(1000)])

    @property
    def facts(self) -> Facts:
        given = self.data
        return Facts(
            given["household"], max(given["income"], ZERO), max(given["expenses"], ZERO),
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
