"""Read what is to be paid back, and how it was paid."""

from collections.abc import Sequence

from wtforms import BooleanField

from diversion.core.words import _
from diversion.fees.refunds.cancel_models import CancelReason
from diversion.fees.refunds.models import Instrument, RefundReason
from diversion.fees.refunds.queries import CREDIT, Source
from diversion.web.fields import AtMost, ChoiceField, CodeField, Filled, MoneyField, TextField
from diversion.web.forms import CreatingForm, Form, choices


class RefundForm(CreatingForm):
    """What goes back and why."""

    source = ChoiceField(_("From"), [Filled()], choices=())
    amount = MoneyField(_("Amount"), [Filled(_("Write the amount."))])
    reason = CodeField(_("Why"), [Filled()], codes=RefundReason)
    stays_owed = BooleanField(_("The fee stays owed"))
    document = TextField(_("Number of the order or other paper"), [AtMost(40)])

    def meet(self, sources: Sequence[Source]) -> None:
        """Offer what was paid and what stands as a credit."""
        self.source.choices = choices({each.handle: _said(each) for each in sources})
        if len(sources) == 1 and not self.is_submitted():
            self.source.data, self.amount.data = sources[0].handle, sources[0].most


def _said(source: Source) -> object:
    if source.handle == CREDIT:
        return _("The credit, at most {most}", most=source.most)
    return _("{label}, at most {most}", label=source.label, most=source.most)


class PayoutForm(Form):
    """By which check or transfer a refund was paid."""

    instrument = CodeField(_("Paid by"), [Filled()], codes=Instrument)
    reference = TextField(_("Number of the check or transfer"), [Filled(), AtMost(40)])


class CancelForm(Form):
    """Why a refund is not to be paid."""

    reason = CodeField(_("Why"), [Filled()], codes=CancelReason)
