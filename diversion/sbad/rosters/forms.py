"""Read who shall be registered for a class day."""

from collections.abc import Iterable
from typing import Any

from wtforms import SelectMultipleField
from wtforms.validators import ValidationError

from diversion.core.words import _, counted
from diversion.sbad.rosters.days import OpenDay
from diversion.web.fields import ChoiceField, Filled
from diversion.web.filters import day
from diversion.web.forms import CreatingForm, Form, choices

MOST = 60


class PeopleForm(CreatingForm):
    """Some people for one class day, by the handles of their enrollments."""

    people = SelectMultipleField(_("People"), validate_choice=False)

    def validate_people(self, field: Any) -> None:
        if not field.data:
            raise ValidationError(_("Choose at least one person."))
        if len(field.data) > MOST:
            raise ValidationError(_("Choose at most 60 people at once."))


class DayForm(Form):
    """Another class day for one person."""

    day = ChoiceField(_("To which day"), [Filled(_("Choose a day."))])

    def offer(self, days: Iterable[OpenDay]) -> None:
        self.day.choices = choices(
            {
                each.handle: counted(
                    "{day}: one seat left",
                    "{day}: {count} seats left",
                    each.left,
                    day=day(each.held_on),
                )
                for each in days
            }
        )
