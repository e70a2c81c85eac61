"""Read a second person's answer: the button that was pressed, and what the page had shown."""

from wtforms import HiddenField

from diversion.core.words import _
from diversion.staff.approvals.models import Decision
from diversion.web.fields import CodeField, Filled
from diversion.web.forms import Form, choices

ANSWERS = {
    Decision.APPROVED: _("Approve"),
    Decision.REFUSED: _("Refuse"),
    Decision.WITHDRAWN: _("Withdraw"),
}


class DecisionForm(Form):
    """The answer to a request; `seen` is the part of its hash that the page showed."""

    seen = HiddenField()
    decision = CodeField(
        _("Decision"),
        [Filled(_("Approve or refuse."))],
        codes=Decision,
        choices=choices(ANSWERS, names=ANSWERS),
    )
