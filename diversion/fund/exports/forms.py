"""Read which file is wanted, of which month, and why."""

import calendar
from datetime import date, timedelta

from diversion.core.words import _
from diversion.fund.exports.models import KIND_WORDS, PURPOSE_WORDS, FileKind, Purpose
from diversion.web.fields import ChoiceField, CodeField, Filled
from diversion.web.forms import Form, choices

MONTHS = 24


class ExportForm(Form):
    """A month, a file, a purpose."""

    month = ChoiceField(_("Month"), [Filled()])
    kind = CodeField(_("File"), [Filled()], codes=FileKind, names=KIND_WORDS)
    purpose = CodeField(_("What is it for?"), [Filled()], codes=Purpose, names=PURPOSE_WORDS)

    def file(self) -> FileKind:
        return FileKind(str(self.kind.data))

    def why(self) -> Purpose:
        return Purpose(str(self.purpose.data))

    def days(self) -> tuple[date, date]:
        """Return the first and the last day of the month."""
        year, month = (int(part) for part in str(self.month.data).split("-"))
        return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])


def export_form(today: date) -> ExportForm:
    """Return the form; the month before the present one is chosen where nothing is."""
    form = ExportForm()
    months = [today.replace(day=1)]
    while len(months) < MONTHS:
        months.append((months[-1] - timedelta(days=1)).replace(day=1))
    form.month.choices = choices({f"{m:%Y-%m}": _("{month}", month=f"{m:%B %Y}") for m in months})
    if not form.is_submitted():
        form.month.process_data(f"{months[0]:%Y-%m}")
        form.kind.process_data(FileKind.WORKBOOK)
    return form
