"""Read what is typed about a docket day."""

from datetime import time

from diversion.core.words import _
from diversion.web.fields import AtMost, ChoiceField, DateField, Filled, TextField, WholeField
from diversion.web.forms import CreatingForm, choices

QUARTERS = [time(hour, minute) for hour in range(7, 19) for minute in (0, 15, 30, 45)]
HOURS = {f"{each:%H:%M}": f"{each:%I:%M %p}".lstrip("0") for each in QUARTERS}


class DocketForm(CreatingForm):
    """A docket day: when, where, before whom, for how many."""

    held_on = DateField(_("Day"), [Filled()])
    starts = ChoiceField(_("Starts"), [Filled()], choices=choices(HOURS))
    ends = ChoiceField(_("Ends"), [Filled()], choices=choices(HOURS))
    place = ChoiceField(_("Room"), [Filled(_("Choose a room."))])
    judge = TextField(_("Judge"), [AtMost(80)])
    capacity = WholeField(_("Places"), [Filled()], least=1, most=300, default=20)


class RoomForm(CreatingForm):
    """A room that dockets can be held in."""

    name = TextField(_("Room"), [Filled(), AtMost(80)])
    building = TextField(_("Building"), [Filled(), AtMost(120)])
