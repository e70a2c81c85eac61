"""Ask in which language a certificate is issued, and why again."""

from wtforms import HiddenField, SelectField

from diversion.core import languages
from diversion.core.words import _
from diversion.enrollments.texts.queries import LANGUAGES
from diversion.sbad.certificates.models import WhyVoid
from diversion.web.fields import CodeField, Filled
from diversion.web.forms import CreatingForm, choices


class FirstForm(CreatingForm):
    """The language of the paper."""

    language = SelectField(
        _("Language of the paper"),
        choices=choices({code: languages.NAMES[code] for code in LANGUAGES}),
    )


class AgainForm(FirstForm):
    """The reason and the language of the new paper; `old` is the number that it replaces."""

    old = HiddenField()
    reason = CodeField(_("Why?"), [Filled(_("Choose a reason."))], codes=WhyVoid)
