"""Read what is typed about mentors and contacts."""

from wtforms import BooleanField

from diversion.community_court.mentors.models import ContactKind, EndReason
from diversion.core.words import _
from diversion.web.fields import (
    AtMost,
    ChoiceField,
    CodeField,
    DateField,
    Filled,
    TextField,
    WholeField,
)
from diversion.web.forms import CreatingForm, choices

KINDS = {
    ContactKind.MEETING: _("Meeting"),
    ContactKind.CALL: _("Call"),
    ContactKind.MESSAGE: _("Message"),
    ContactKind.COURT_ACCOMPANIMENT: _("Court together"),
    ContactKind.TRANSPORT: _("Transport"),
    ContactKind.OTHER: _("Other"),
}
ENDINGS = {
    EndReason.FINISHED: _("The program is finished"),
    EndReason.PARTICIPANT_ASKED: _("The participant asked"),
    EndReason.MENTOR_LEFT: _("The mentor left"),
    EndReason.NOT_A_FIT: _("Not a fit"),
    EndReason.LEFT_PROGRAM: _("The participant left the program"),
}


class AssignForm(CreatingForm):
    """Who walks with the person."""

    mentor = ChoiceField(_("Mentor"), [Filled(_("Choose a mentor."))])
    as_proposal = BooleanField(_("Only propose it; it starts later"))


class MentorForm(CreatingForm):
    """A new mentor; one who signs in names the staff account."""

    name = TextField(_("Name"), [Filled(), AtMost(120)])
    staff = ChoiceField(_("Account"))


class EndForm(CreatingForm):
    """Why a match ends."""

    reason = CodeField(_("Why does it end?"), [Filled()], codes=EndReason, names=ENDINGS,
                       choices=choices(ENDINGS))  # fmt: skip


class ContactForm(CreatingForm):
    """That a contact happened: when, how long, what kind. Nothing of what was said.

    Nothing is chosen beforehand: what is logged can't be edited.
    """

    kind = CodeField(_("What was it?"), [Filled(_("Choose one."))], codes=ContactKind, names=KINDS)
    made = ChoiceField(
        _("Did it take place?"), [Filled(_("Choose one."))],
        choices=choices({"yes": _("Yes"), "no": _("No")}),
    )  # fmt: skip
    happened_on = DateField(_("Day"), [Filled()])
    minutes = WholeField(_("Minutes"), least=0, most=1440)
    next_on = DateField(_("Next contact planned for"))
