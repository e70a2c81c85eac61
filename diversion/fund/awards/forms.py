"""Read to whom money is promised, and what becomes of it."""

from datetime import date

from flask_wtf.file import FileField

from diversion.core.words import _
from diversion.fund.awards.models import Aim
from diversion.fund.awards.words import AIMS
from diversion.fund.budget.queries import Standing
from diversion.fund.orders.kinds import METHODS, PAYEES, Method, PayeeKind
from diversion.partners.agencies import queries as agencies
from diversion.partners.agencies.models import OrganizationKind
from diversion.web.fields import AtMost, ChoiceField, CodeField, Filled, MoneyField, TextField
from diversion.web.forms import CreatingForm, choices


class AwardForm(CreatingForm):
    """A promise of money; a survivor is never named."""

    line = ChoiceField(_("Budget line"), [Filled(_("Choose a budget line."))])
    payee_kind = CodeField(
        _("To"),
        [Filled(_("Choose to whom it goes."))],
        codes=PayeeKind,
        choices=choices(PAYEES, names=PAYEES),
    )
    payee = ChoiceField(_("Organization"))
    aim = CodeField(_("For"), [Filled(_("Choose what it is for."))], codes=Aim, names=AIMS)
    amount = MoneyField(_("Amount"), [Filled(_("Write an amount."))])
    document = FileField(_("Agreement or resolution"))


class StepForm(CreatingForm):
    """What is to become of an award."""

    amount = MoneyField(_("Amount"), [Filled(_("Write an amount."))])
    method = CodeField(_("Paid by"), codes=Method, names=METHODS)
    reference = TextField(_("Check or transfer number"), [AtMost(40)])
    document = FileField(_("Paper it rests on"))
    note = TextField(_("Reason"), [AtMost(200)])


class PayeeForm(CreatingForm):
    """An organization that money can go to."""

    name = TextField(_("Name"), [Filled(_("Write the name of the organization.")), AtMost(160)])
    kind = CodeField(_("Kind"), [Filled(_("Choose a kind."))], codes=OrganizationKind)


def award_form(lines: list[Standing], on: date) -> AwardForm:
    """Return the form with the lines that have something left, and the organizations in use."""
    form = AwardForm()
    form.line.choices = choices(
        {
            each.handle: _("{name}: {left} left", name=each.name, left=each.available)
            for each in lines
        }
    )
    form.payee.choices = choices({each.handle: each.name for each in agencies.organizations(on)})
    return form
