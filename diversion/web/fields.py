"""Read the kinds of values that the program's forms ask for."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from enum import Enum
from typing import Any

import phonenumbers
from wtforms import Field, StringField
from wtforms.fields import SelectField
from wtforms.validators import StopValidation, ValidationError

from diversion.core.errors import DomainError, Invalid
from diversion.core.money import Money
from diversion.core.words import Sentence, _
from diversion.web import calendar
from diversion.web.filters import HOME, phone
from diversion.web.forms import choices
from diversion.web.typed_days import read_day


class Filled:
    """Ask for an answer, in the field's own words where it has some, else by its label."""

    field_flags = {"required": True}

    def __init__(self, sentence: Sentence | None = None) -> None:
        self.sentence = sentence

    def __call__(self, _form: Any, field: Field) -> None:
        if field.errors:  # what was typed could not be read: that is said already
            raise StopValidation
        if field.data is None or field.data in ("", [], (), b"") or field.data is False:
            field.errors = []
            raise StopValidation(self.sentence or _("Fill in “{label}”.", label=field.label.text))


class AtMost:
    """Bound the length of a text, in letters."""

    def __init__(self, letters: int) -> None:
        self.letters = letters
        self.field_flags = {"maxlength": letters}

    def __call__(self, _form: Any, field: Field) -> None:
        if field.data and len(field.data) > self.letters:
            raise ValidationError(_("Use at most {count} letters.", count=self.letters))


class Plain(AtMost):
    """Ask for what an entry of the ledger can carry: plain signs, so many at most."""

    def __call__(self, form: Any, field: Field) -> None:
        super().__call__(form, field)
        if not all(" " <= sign <= "~" for sign in field.data or ""):
            raise ValidationError(_("Use plain letters, digits and signs."))


# Spaces without width, and what turns the direction of a line.
_UNSEEN = dict.fromkeys((0x200B, 0x2060, 0xFEFF, *range(0x202A, 0x202F), *range(0x2066, 0x206A)))


class TextField(StringField):
    """One line of text, without the spaces around it; empty is the empty string.

    Signs that nobody sees are dropped: they turn a line around, or make two names look alike.
    """

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        typed = valuelist[0].translate(_UNSEEN) if valuelist else ""
        self.data = " ".join(typed.split())


class ReadField(Field):
    """A value read from one line of text; `typed` keeps what was typed."""

    data: Any

    typed: str = ""

    def read(self, text: str) -> Any:
        raise NotImplementedError

    def written(self, value: Any) -> str:
        """Return `value` as a person would type it."""
        return str(value)

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        self.typed = valuelist[0].strip() if valuelist else ""
        self.data = None
        if self.typed:
            try:
                self.data = self.read(self.typed)
            except DomainError as no:
                raise ValueError(no.sentence) from no

    def _value(self) -> str:
        if self.typed or self.data is None:
            return self.typed
        return self.written(self.data)


class MoneyField(ReadField):
    """An amount, as Money."""

    def read(self, text: str) -> Money:
        return Money.parse(text)

    def written(self, value: Money) -> str:
        return value.plain()


class WholeField(ReadField):
    """A whole number from `least` to `most`."""

    def __init__(
        self, label: Any = None, validators: Any = None, *, least: int, most: int, **more: Any
    ) -> None:
        super().__init__(label, validators, **more)
        self.least, self.most = least, most

    def read(self, text: str) -> int:
        number = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1
        if not self.least <= number <= self.most:
            raise Invalid(
                _("Write a number from {least} to {most}.", least=self.least, most=self.most)
            )
        return number


class DateField(ReadField):
    """A day, typed as people type days; see `typed_days`."""

    def read(self, text: str) -> date:
        return read_day(text, calendar.court_today())

    def written(self, value: date) -> str:
        return f"{value:%m/%d/%Y}"


class PhoneField(ReadField):
    """A phone number, as E.164."""

    def read(self, text: str) -> str:
        try:
            parsed = phonenumbers.parse(text, HOME)
        except phonenumbers.NumberParseException as error:
            raise ValueError(NO_PHONE) from error
        digits = sum(sign.isdigit() for sign in text)
        if parsed.country_code == 1 and len(str(parsed.national_number)) != 10:
            raise ValueError(_("The number has {count} digits. It needs 10.", count=digits))
        if not phonenumbers.is_possible_number(parsed):
            raise ValueError(NO_PHONE)
        return str(phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164))

    def written(self, value: str) -> str:
        return phone(value)


NO_PHONE = _("This is not a phone number. Use ten digits, such as 503-555-0142.")


class BirthDateField(Field):
    """A birth date in three boxes of one name: month, day, year."""

    typed: tuple[str, str, str] = ("", "", "")

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        month, day, year = ([text.strip() for text in valuelist[:3]] + ["", "", ""])[:3]
        self.typed, self.data = (month, day, year), None
        if not any(self.typed):
            return
        try:
            self.data = date(int(year), int(month), int(day))
        except ValueError as error:
            raise ValueError(_("Write the month, the day and four digits of the year.")) from error
        if not 0 <= calendar.court_today().year - self.data.year <= 120:
            self.data = None
            raise ValueError(_("Look at the year again."))

    @property
    def parts(self) -> tuple[str, str, str]:
        """Return what the three boxes show."""
        if any(self.typed) or self.data is None:
            return self.typed
        return (str(self.data.month), str(self.data.day), str(self.data.year))


class ChoiceField(SelectField):
    """One of the offered choices; nothing chosen is None, and is fine unless Filled says no."""

    data: Any

    def __init__(self, label: Any = None, validators: Any = None, **more: Any) -> None:
        more.setdefault("invalid_value_message", PICK_ONE)
        more.setdefault("invalid_choice_message", PICK_ONE)
        super().__init__(label, validators, **more)

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        self.data = None
        if valuelist and valuelist[0]:
            super().process_formdata(valuelist)

    def pre_validate(self, form: Any) -> None:
        if self.data is not None:
            super().pre_validate(form)


class CodeField(ChoiceField):
    """One member of an enum, shown as segments, radio buttons or a list."""

    def __init__(
        self,
        label: Any = None,
        validators: Any = None,
        *,
        codes: type[Enum],
        names: Mapping[Any, Sentence] | None = None,
        **more: Any,
    ) -> None:
        more.setdefault("choices", choices(codes, names=names))
        super().__init__(label, validators, coerce=_member(codes), **more)


def _member(codes: type[Enum]) -> Callable[[Any], Enum | None]:
    def coerce(value: Any) -> Enum | None:
        return codes(value) if value else None

    return coerce


PICK_ONE = _("Choose one of these.")
