"""Read why a finished file is taken."""

from diversion.core.words import _
from diversion.fund.exports.forms import REASONS
from diversion.fund.leaving.models import PURPOSE_WORDS, Purpose
from diversion.web.fields import CodeField, Filled
from diversion.web.forms import Form, choices


class TakeForm(Form):
    """A purpose: that for which the file was asked is chosen where nothing is."""

    purpose = CodeField(
        _("What is it for?"), [Filled()], codes=Purpose,
        choices=choices(REASONS, names=PURPOSE_WORDS),
    )  # fmt: skip

    def why(self) -> Purpose:
        return Purpose(str(self.purpose.data))


def take_form(asked_for: Purpose | None) -> TakeForm:
    form = TakeForm()
    if not form.is_submitted() and asked_for:
        form.purpose.process_data(asked_for)
    return form
