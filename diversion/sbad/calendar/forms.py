"""Read to which day a class goes, and how often it is held again."""

from diversion.core.words import _
from diversion.sbad.calendar.rules import Every
from diversion.web.fields import CodeField, DateField, Filled, WholeField
from diversion.web.forms import CreatingForm

MOST = 12


class MoveForm(CreatingForm):
    """The day to which a class goes."""

    held_on = DateField(_("New day"), [Filled(_("Write a day."))])


class CopiesForm(CreatingForm):
    """How often and how many times a class is held again."""

    every = CodeField(_("How often"), [Filled()], codes=Every, default=Every.FOUR_WEEKS)
    count = WholeField(_("How many days"), [Filled()], least=1, most=MOST, default=3)
