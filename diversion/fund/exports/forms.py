"""Read which file is wanted, of which month, and why."""

import calendar
from datetime import date, timedelta

from diversion.core.words import _
from diversion.fund.exports.services import WHOLE_FROM
from diversion.fund.leaving.models import KIND_WORDS, PURPOSE_WORDS, FileKind, Purpose
from diversion.web.fields import ChoiceField, CodeField, Filled
from diversion.web.forms import Form, choices

MONTHS = 24
ALL = "all"
MADE_HERE = [each for each in FileKind if each not in (FileKind.REPORT, FileKind.COUNTY_BATCH)]
REASONS = [each for each in Purpose if each is not Purpose.REPORT]


class ExportForm(Form):
    """A month, a file, a purpose."""

    month = ChoiceField(_("Month"), [Filled()])
    kind = CodeField(
        _("File"), [Filled()], codes=FileKind, choices=choices(MADE_HERE, names=KIND_WORDS)
    )
    purpose = CodeField(
        _("What is it for?"), [Filled()], codes=Purpose,
        choices=choices(REASONS, names=PURPOSE_WORDS),
    )  # fmt: skip

    def file(self) -> FileKind:
        return FileKind(str(self.kind.data))

    def why(self) -> Purpose:
        return Purpose(str(self.purpose.data))

    def days(self, today: date) -> tuple[date, date]:
        """Return the first and the last day of the month, or of all the books."""
        chosen = f"{today:%Y-%m}" if self.month.data == ALL else str(self.month.data)
        year, month = (int(part) for part in chosen.split("-"))
        last = date(year, month, calendar.monthrange(year, month)[1])
        return (WHOLE_FROM if self.month.data == ALL else last.replace(day=1)), last


def export_form(today: date) -> ExportForm:
    """Return the form; the month before the present one is chosen where nothing is."""
    form = ExportForm()
    months = [today.replace(day=1)]
    while len(months) < MONTHS:
        months.append((months[-1] - timedelta(days=1)).replace(day=1))
    named = {f"{m:%Y-%m}": _("{month}", month=f"{m:%B %Y}") for m in months}
    form.month.choices = choices({**named, ALL: _("All of the books")})
    if not form.is_submitted():
        form.month.process_data(f"{months[0]:%Y-%m}")
        form.kind.process_data(FileKind.WORKBOOK)
    return form
