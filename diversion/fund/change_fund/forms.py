"""Read which drawer gets or gives back how much change, why, and on what paper."""

from collections.abc import Sequence

from flask_wtf.file import FileField

from diversion.core.money import ZERO
from diversion.core.words import _
from diversion.fund.change_fund.services import Change, NoAmount
from diversion.fund.drawers.tills import Kept
from diversion.web.fields import AtMost, ChoiceField, Filled, MoneyField, TextField
from diversion.web.forms import CreatingForm, choices
from diversion.web.uploads import fingerprint

WAYS = {"more": _("Bring change into the drawer"), "less": _("Bring change back")}


class ChangeForm(CreatingForm):
    """A drawer, an amount in or out, and the decision behind it."""

    till = ChoiceField(_("Drawer"))
    name = TextField(_("Name of a new drawer"), [AtMost(40)])
    way = ChoiceField(_("What happens"), [Filled()], choices=choices(WAYS), default="more")
    amount = MoneyField(_("Amount"), [Filled(_("Write the amount."))])
    reason = TextField(_("Reason"), [Filled(_("Say why.")), AtMost(300)])
    document = FileField(_("Document"))

    def offer(self, tills: Sequence[Kept]) -> None:
        self.till.choices = choices(
            {each.till.handle: _("{n}", n=each.till.name) for each in tills}
        )

    @property
    def change(self) -> Change:
        """Return what is asked. Raises NoAmount, NoFile, TooLarge."""
        given = self.data
        if given["amount"] <= ZERO:
            raise NoAmount(_("Write an amount above zero."))
        amount = given["amount"] if given["way"] == "more" else -given["amount"]
        document = fingerprint(self.document, needed=True)
        return Change(amount, given["reason"], document, given["till"] or "", given["name"] or "")
