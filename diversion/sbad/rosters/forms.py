"""Read who shall be registered for a class day."""

from typing import Any

from wtforms import SelectMultipleField
from wtforms.validators import ValidationError

from diversion.core.words import _
from diversion.web.forms import CreatingForm

MOST = 60


class PeopleForm(CreatingForm):
    """Some people for one class day, by the handles of their enrollments."""

    people = SelectMultipleField(_("People"), validate_choice=False)

    def validate_people(self, field: Any) -> None:
        if not field.data:
            raise ValidationError(_("Choose at least one person."))
        if len(field.data) > MOST:
            raise ValidationError(_("Choose at most 60 people at once."))
