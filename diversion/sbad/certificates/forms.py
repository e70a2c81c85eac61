"""Ask why a certificate is issued again, and read a code that somebody typed."""

from wtforms import SelectField

from diversion.core import languages
from diversion.core.words import _
from diversion.enrollments.texts.queries import LANGUAGES
from diversion.sbad.certificates.models import WhyVoid
from diversion.web.fields import CodeField, Filled
from diversion.web.forms import Form, choices


class AgainForm(Form):
    """The reason and the language of the new paper."""

    reason = CodeField(_("Why?"), [Filled(_("Choose a reason."))], codes=WhyVoid)
    language = SelectField(
        _("Language of the paper"),
        choices=choices({code: languages.NAMES[code] for code in LANGUAGES}),
    )
