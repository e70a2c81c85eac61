"""Read which receipts of the state's fee go into a bag, and when the treasurer had it."""

from wtforms import SelectMultipleField

from diversion.core.words import _
from diversion.fund.deposits.forms import CountSheet
from diversion.web.fields import AtMost, DateField, Filled, TextField
from diversion.web.forms import CreatingForm, Form


class BagForm(CreatingForm, CountSheet):
    """What goes into the bag, and how its cash was counted."""

    receipts = SelectMultipleField(_("Receipts"), validate_choice=False)


class TakenForm(Form):
    """When the treasurer had it, and under which number."""

    taken_on = DateField(_("Day at the treasurer"), [Filled()])
    reference = TextField(_("Treasurer's number"), [AtMost(40)])
