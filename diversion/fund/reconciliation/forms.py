"""Read a statement's file, which of its lines are as proposed, and what a person says of one."""

from flask_wtf.file import FileField
from wtforms import SelectMultipleField

from diversion.core.words import _
from diversion.fund.reconciliation.models import Meaning
from diversion.web.fields import CodeField, DateField, Filled
from diversion.web.forms import CreatingForm, Form, choices

MEANINGS = {
    Meaning.DEPOSIT: _("Deposit: of the receipts and deposits ticked"),
    Meaning.RETURNED: _("Returned check: of the receipt ticked"),
    Meaning.CLEARED: _("In the books already: the entries ticked"),
    Meaning.CHARGE: _("Charge of the bank"),
    Meaning.INTEREST: _("Interest"),
    Meaning.DONATION: _("Donation straight to the bank"),
    Meaning.GRANT: _("Grant received"),
    Meaning.TRANSFER_IN: _("Transfer from another fund"),
    Meaning.TRANSFER_OUT: _("Transfer to another fund"),
}
SHORT = {
    Meaning.DEPOSIT: _("Deposit"),
    Meaning.RETURNED: _("Returned check"),
    Meaning.CLEARED: _("In the books"),
    Meaning.CHARGE: _("Bank charge"),
    Meaning.INTEREST: _("Interest"),
    Meaning.DONATION: _("Donation"),
    Meaning.GRANT: _("Grant"),
    Meaning.TRANSFER_IN: _("Transfer in"),
    Meaning.TRANSFER_OUT: _("Transfer out"),
}
OF_OUT = (Meaning.RETURNED, Meaning.CHARGE, Meaning.CLEARED, Meaning.TRANSFER_OUT)


class FileForm(CreatingForm):
    """A statement to look at."""

    file = FileField(_("Statement"))


class ProposalsForm(Form):
    """Which lines are what the program takes them for."""

    lines = SelectMultipleField(_("Lines"), validate_choice=False)


class LineForm(Form):
    """What a person says that a line is."""

    meaning = CodeField(_("What is it?"), [Filled()], codes=Meaning, names=MEANINGS)
    items = SelectMultipleField(_("Matched with"), validate_choice=False)


class UntilForm(Form):
    """Until which day the bank has what was taken before these books."""

    until = DateField(_("Receipts until"), [Filled()])


def line_form(is_in: bool) -> LineForm:
    """Return the form of a line: money that came in is nothing that goes out."""
    form = LineForm()
    fits = [m for m in MEANINGS if (m in OF_OUT) != is_in or m is Meaning.CLEARED]
    form.meaning.choices = choices(fits, names=MEANINGS)
    return form
