"""Show every kind of field, fine and with something to mend."""

from enum import StrEnum
from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, FileField, SelectMultipleField, TextAreaField

from diversion.core.words import _
from diversion.web.fields import (
    AtMost,
    BirthDateField,
    CodeField,
    DateField,
    Filled,
    MoneyField,
    PhoneField,
    TextField,
)
from diversion.web.forms import CreatingForm, Form, choices


class Sample(StrEnum):
    """Codes to choose from."""

    CASH = "cash"
    CHECK = "check"
    MONEY_ORDER = "money_order"
    CARD = "card"


class SampleForm(CreatingForm):
    """One of each."""

    text = TextField(_("Text"), [Filled(_("Write a word or two.")), AtMost(20)])
    day = DateField(_("Date"), [Filled(_("Enter a date."))])
    born = BirthDateField(_("Birth date"), [Filled(_("Enter the birth date."))])
    amount = MoneyField(_("Money"), [Filled(_("Enter an amount."))])
    phone = PhoneField(_("Phone"))
    paid_by = CodeField(_("Paid by"), [Filled(_("Choose how it is paid."))], codes=Sample)
    wording = CodeField(_("One of several"), codes=Sample)
    listed = CodeField(_("One of many"), codes=Sample)
    several = SelectMultipleField(_("Any of several"), choices=choices(Sample))
    yes = BooleanField(_("Yes or no"))
    notes = TextAreaField(_("Several lines"), [AtMost(200)])
    file = FileField(_("A file"))
    password = TextField(_("Password"))


class SampleCount(Form):
    """Cash by denomination."""

    twenties = TextField("$20")
    tens = TextField("$10")
    coins = MoneyField(_("Coins"))

    @property
    def bills(self) -> list[Any]:
        return [self.twenties, self.tens]


FINE = MultiDict(
    [
        ("text", "A word"), ("day", "12/01/2026"), ("born", "4"), ("born", "17"), ("born", "1992"),
        ("amount", "50"), ("phone", "503-555-0142"), ("paid_by", "check"), ("wording", "cash"),
        ("listed", "card"), ("several", "cash"), ("yes", "y"), ("notes", "Fine."),
    ]
)  # fmt: skip
WRONG = MultiDict(
    [
        ("day", "Nov 31"), ("born", "4"), ("born", "31"), ("born", "92"), ("amount", "fifty"),
        ("phone", "503-555-014"), ("paid_by", ""), ("wording", "barter"), ("listed", "barter"),
    ]
)  # fmt: skip


def sample_count() -> SampleCount:
    """Return a count sheet with something in it."""
    typed = MultiDict([("twenties", "3"), ("tens", "1"), ("coins", "1.75")])
    return SampleCount(typed, meta={"csrf": False})


def samples() -> tuple[SampleForm, SampleForm, SampleForm, SampleForm]:
    """Return the form filled well, the one with everything to mend, one for filters, for tiles."""
    made = [SampleForm(typed, meta={"csrf": False}) for typed in (FINE, WRONG, FINE, FINE)]
    fine, wrong, asked, outs = made
    for form, name in ((wrong, "wrong"), (asked, "asked"), (outs, "outs")):
        for field in form:
            field.id = f"{name}-{field.id}"
    wrong.validate()
    return fine, wrong, asked, outs
