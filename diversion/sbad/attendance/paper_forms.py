"""Read rows of a paper sheet: `7 A`, `12 L 20`."""

import re
from datetime import datetime
from typing import Any

from wtforms import BooleanField, HiddenField, StringField
from wtforms.validators import ValidationError

from diversion.core.words import _
from diversion.sbad.attendance.rules import WHOLE_DAY, Mark, Presence
from diversion.web.fields import AtMost
from diversion.web.forms import CreatingForm

ROW = re.compile(r"([1-9][0-9]{0,2})\s*([AL])(?:\s*([1-9][0-9]{0,2}))?", re.IGNORECASE)
CODES = {"A": Presence.ABSENT, "L": Presence.LATE}
SEEN_NOTHING = 0  # a sheet has seen no mark; one that differs is shown, and nothing is lost


class PaperForm(CreatingForm):
    """What the sheet says. `rows` are the people in the order in which the page named them."""

    rows = HiddenField()
    text = StringField(_("Rows of the sheet"), [AtMost(2000)])
    rest = BooleanField(_("Everyone else signed: mark the rest Here"))

    def validate_text(self, field: Any) -> None:
        """Raise ValidationError for a row that can't be read, is not there, or comes twice."""
        wanted = [each.strip() for each in re.split(r"[\n,;]", field.data or "") if each.strip()]
        self.read = [found for each in wanted if (found := ROW.fullmatch(each))]
        numbers = [int(found[1]) for found in self.read]
        if len(self.read) < len(wanted):
            raise ValidationError(_("Write a number and A or L on each line, such as 7 L 20."))
        if any(number > len(str(self.rows.data).split()) for number in numbers):
            raise ValidationError(_("The sheet has no row with one of these numbers."))
        if len(set(numbers)) < len(numbers):
            raise ValidationError(_("A row is named twice."))

    def marks(self, now: datetime, module: int = WHOLE_DAY) -> list[Mark]:
        """Return the marks, after validation. Minutes belong to those who came late."""
        rows = str(self.rows.data).split()
        return [
            Mark(
                f"{self.key}-{found[1]}"[:64], rows[int(found[1]) - 1], value, now, SEEN_NOTHING,
                int(found[3]) if found[3] and value is Presence.LATE else None, module=module,
            )
            for found in self.read
            for value in [CODES[found[2].upper()]]
        ]  # fmt: skip
