"""Read what is charged by hand."""

from diversion.core.words import _
from diversion.fees.models import OtherAmount
from diversion.web.fields import CodeField, MoneyField
from diversion.web.forms import CreatingForm, choices

BY_HAND = (OtherAmount.AGREEMENT, OtherAmount.COURT_ORDER, OtherAmount.EARLIER_SCHEDULE)


class ChargeForm(CreatingForm):
    """Another amount than that of the terms, and why; both empty for the fee of the terms."""

    amount = MoneyField(_("Another amount"))
    reason = CodeField(_("Why another"), codes=OtherAmount, choices=choices(BY_HAND))
