"""Read the change of a drawer, its count, and why it is over or short."""

from diversion.core.words import _
from diversion.fund.deposits.forms import CountSheet
from diversion.fund.deposits.models import WhyDifferent
from diversion.web.fields import CodeField, Filled, MoneyField
from diversion.web.forms import Form


class OpenForm(Form):
    """What change lies in a drawer."""

    change_fund = MoneyField(_("Change in the drawer"), [Filled(_("Write 0 if there is none."))])


class CountForm(CountSheet):
    """How the cash of a drawer was counted."""


class SignForm(Form):
    """Why a drawer is over or short."""

    reason = CodeField(_("Why is it different?"), [Filled()], codes=WhyDifferent)
