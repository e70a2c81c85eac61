"""Read the steps of a closing: a button, a reason."""

from enum import StrEnum

from diversion.core.words import _
from diversion.fund.periods.models import Check
from diversion.web.fields import AtMost, CodeField, Filled, TextField
from diversion.web.forms import Form


class Step(StrEnum):
    """What a button of the checklist does."""

    BEGIN = "begin"
    RESUME = "resume"
    PROVE = "prove"
    CLOSE = "close"


class StepForm(Form):
    """A button of the checklist."""

    step = CodeField(_("Step"), [Filled()], codes=Step)


class EarlyStep(StrEnum):
    """What a button does with the time before these books."""

    PROVE = "prove"
    SIGN = "sign"
    CLOSE = "close"


class EarlyForm(Form):
    """A button of its page."""

    step = CodeField(_("Step"), [Filled()], codes=EarlyStep)


class SignForm(Form):
    """A signature; the button is all."""


class ReasonForm(Form):
    """Why something is done that is out of the ordinary."""

    reason = TextField(_("Reason"), [Filled(_("Say why.")), AtMost(200)])


class ExplanationForm(ReasonForm):
    """Why a check may stay open."""

    check = CodeField(_("Check"), [Filled()], codes=Check)
