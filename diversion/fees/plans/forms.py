"""Read how an account is to be paid, and that a plan was signed or ended."""

from flask_wtf.file import FileField

from diversion.core.words import _
from diversion.fees.plans.models import EndReason
from diversion.fees.plans.rules import MOST_INSTALMENTS, Every
from diversion.fees.plans.services import Terms
from diversion.web.fields import CodeField, DateField, Filled, WholeField
from diversion.web.forms import CreatingForm


class PlanForm(CreatingForm):
    """How many instalments, how far apart, from which day."""

    count = WholeField(
        _("Instalments"), [Filled(_("Write how many."))], least=1, most=MOST_INSTALMENTS
    )
    every = CodeField(_("How often"), [Filled()], codes=Every, default=Every.MONTH)
    first_on = DateField(_("The first is due"), [Filled(_("Write the day."))])

    @property
    def terms(self) -> Terms:
        return Terms(self.count.data, self.every.data, self.first_on.data)


class SignatureForm(CreatingForm):
    """When a plan was signed, and the paper."""

    signed_on = DateField(_("Signed on"), [Filled(_("Write the day."))])
    document = FileField(_("The signed paper"))


class EndForm(CreatingForm):
    """Why a plan no longer counts."""

    reason = CodeField(_("Why"), [Filled()], codes=EndReason)
