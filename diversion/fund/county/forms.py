"""Read which entries go to the county, and how; and the file that the county sends back."""

from collections.abc import Sequence

from flask_wtf.file import FileField

from diversion.core.words import Sentence, _, counted
from diversion.fund.county.models import BOOKS_WORDS, FORMAT_WORDS, Books, Format
from diversion.fund.county.queries import Waiting
from diversion.fund.county.services import Layout, made_before
from diversion.staff.models import Staff
from diversion.web.fields import ChoiceField, CodeField, Filled
from diversion.web.filters import day_table
from diversion.web.forms import CreatingForm, Form, choices

DETAIL = {"summary": _("Sums by account"), "lines": _("Line by line")}


class BatchForm(CreatingForm):
    """A month or a day, a format, and how fine."""

    what = ChoiceField(_("Entries"), [Filled()])
    format = CodeField(_("Format"), [Filled()], codes=Format, names=FORMAT_WORDS)
    detail = ChoiceField(_("Lines"), [Filled()], choices=choices(DETAIL))

    def asked(self, waiting: Sequence[Waiting]) -> Waiting:
        return next(each for each in waiting if each.code == self.what.data)

    def made_before(self, by: Staff) -> str | None:
        """Return the batch that this form made when it was sent before."""
        if self.what.data is None or self.format.data is None:
            return None
        return made_before(self.what.data, self.layout(), key=self.key, by=by)

    def layout(self) -> Layout:
        return Layout(Format(str(self.format.data)), self.detail.data == "lines")


class AcknowledgementForm(Form):
    """The county's answer."""

    file = FileField(_("Acknowledgement"))


def batch_form(waiting: Sequence[Waiting]) -> BatchForm:
    """Return the form with all that waits; the first of it is chosen."""
    form = BatchForm()
    form.what.choices = choices({each.code: named(each) for each in waiting})
    if not form.is_submitted():
        form.what.process_data(waiting[0].code if waiting else "")
        form.format.process_data(Format.CSV)
        form.detail.process_data("summary")
    return form


def named(each: Waiting) -> Sentence:
    """Say which entries wait, and how many."""
    what: object = month_of(each.period) if each.day is None else day_table(each.day)
    if each.books is Books.STATUTORY:
        what = _("{what} · {books}", what=what, books=BOOKS_WORDS[each.books])
    return counted("{what} · 1 entry", "{what} · {count} entries", each.entries, what=what)


def month_of(period: int) -> Sentence:
    """Return a month as people write it; 0 is the time before these books."""
    if not period:
        return _("Before these books")
    return _("{month}/{year}", month=f"{period % 100:02d}", year=str(period // 100))
