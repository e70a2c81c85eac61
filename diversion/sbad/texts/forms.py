"""Read the words of a paper, and from when a record can be set aside."""

from wtforms import TextAreaField

from diversion.core.words import _
from diversion.enrollments.codes import LegalBasis
from diversion.web.fields import AtMost, CodeField, DateField, Filled, TextField, WholeField
from diversion.web.forms import CreatingForm


class WordsForm(CreatingForm):
    """A new version of a paper's words."""

    title = TextField(_("Heading"), [Filled(), AtMost(120)])
    body = TextAreaField(_("Text"), [Filled(), AtMost(8000)])


class ClockForm(CreatingForm):
    """A line of the county's table."""

    basis = CodeField(_("Legal basis"), [Filled(_("Choose the legal basis."))], codes=LegalBasis)
    days = WholeField(_("Days after the dismissal"), [Filled()], least=0, most=36500)
    citation = TextField(_("Law"), [Filled(), AtMost(80)])
    in_force_on = DateField(_("From"), [Filled()])
