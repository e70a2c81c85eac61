"""Read what people change about their own account."""

from wtforms import BooleanField, RadioField

from diversion.core.tracks import Track
from diversion.core.words import Sentence, _
from diversion.web.forms import Form, choices

SIDE_NAMES: dict[Track, Sentence] = {
    Track.COMMUNITY_COURT: _("Community Court"),
    Track.SBAD: _("SBAD class"),
}


class SideForm(Form):
    """On which side of the wall to work now."""

    side = RadioField(_("Work on"), choices=choices(Track, names=SIDE_NAMES))


class ShortcutsForm(Form):
    """Single-key shortcuts can be in the way of those who speak to their computer."""

    shortcuts = BooleanField(_("Use single-key shortcuts"))
