"""Read who shall have a seat, and on which class day."""

from collections.abc import Iterable

from diversion.core.words import _
from diversion.sbad.classes.models import ClassState
from diversion.sbad.rosters.forms import PeopleForm
from diversion.sbad.seats.queries import Day
from diversion.web.fields import ChoiceField, Filled
from diversion.web.filters import day
from diversion.web.forms import choices


class SeatsForm(PeopleForm):
    """Some people, and the class day in which they get a seat or wait for one."""

    day = ChoiceField(_("Class day"), [Filled(_("Choose a class day."))])

    def offer(self, days: Iterable[Day]) -> None:
        """Put the class days that take people in the list; the next with a seat is proposed."""
        open_days = [each for each in days if each.state is ClassState.OPEN]
        self.day.choices = choices(
            {
                each.handle: _("{day}: {left} of {all} seats left", day=day(each.held_on),
                               left=each.left, all=each.capacity)
                for each in open_days
            }
        )  # fmt: skip
        if not self.is_submitted():
            self.day.data = next((each.handle for each in open_days if each.left), None)
