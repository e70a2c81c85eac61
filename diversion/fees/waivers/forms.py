"""Read what is asked about a fee."""

from flask_wtf.file import FileField
from wtforms import TextAreaField

from diversion.core.words import _
from diversion.fees.ability.models import AbilityWorksheet
from diversion.fees.ability.rules import Proposal
from diversion.fees.codes import Change, Why
from diversion.fees.waivers.models import FeeRequest
from diversion.fees.waivers.services import Wanted
from diversion.web.fields import AtMost, CodeField, Filled, MoneyField
from diversion.web.forms import CreatingForm, choices
from diversion.web.uploads import fingerprint

ASKED = (Change.WAIVE, Change.REDUCE, Change.WRITE_OFF, Change.RAISE)


class ChangeForm(CreatingForm):
    """What is asked, how much of it, why, and the paper it rests on."""

    change = CodeField(_("What"), [Filled()], codes=Change, choices=choices(ASKED))
    amount = MoneyField(_("Amount"))
    why = CodeField(_("Why"), [Filled()], codes=Why)
    note = TextAreaField(
        _("The reason in a sentence"), [Filled(_("Write the reason in a sentence.")), AtMost(1000)]
    )
    document = FileField(_("Paper it rests on"))

    def wanted(self, sheet: AbilityWorksheet | None) -> Wanted:
        given = self.data
        return Wanted(
            given["change"], given["why"], given["note"].strip(), given["amount"],
            fingerprint(self.document), sheet,
        )  # fmt: skip

    def meet(self, proposal: Proposal | None) -> None:
        """Propose what the policy proposes when the form is opened from a worksheet."""
        if proposal is not None and proposal.change and not self.is_submitted():
            self.change.data, self.why.data = proposal.change, proposal.why
            self.amount.data = proposal.give_up if proposal.change is Change.REDUCE else None


class ReinstateForm(CreatingForm):
    """Why a fee comes back that was given up."""

    why = CodeField(_("Why"), [Filled()], codes=Why)
    note = TextAreaField(
        _("The reason in a sentence"), [Filled(_("Write the reason in a sentence.")), AtMost(1000)]
    )

    def wanted(self, given_up: FeeRequest) -> Wanted:
        note = (self.note.data or "").strip()
        return Wanted(Change.REINSTATE, self.why.data, note, reinstates=given_up)
