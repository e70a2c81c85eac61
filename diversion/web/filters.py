"""Say how values look on screen: money, days, instants, phones, codes."""

from datetime import date, datetime, time
from enum import Enum
from typing import Any

import phonenumbers
from babel import dates
from flask import Flask

from diversion.core import languages
from diversion.core.money import Money
from diversion.core.words import Sentence
from diversion.web import calendar, written

HOME = "US"


def set_up(app: Flask) -> None:
    shown = (
        money,
        cell,
        cents,
        amount,
        day,
        day_long,
        day_table,
        day_near,
        month_name,
        moment,
        clock_time,
        phone,
        phone_end,
        number,
        words,
        language,
    )
    app.jinja_env.filters.update({made.__name__: made for made in shown})


def money(amount: Money) -> str:
    """`$1,250.00`; below zero `−$50.00`."""
    return str(amount)


def amount(value: Money) -> str:
    """`1,250.00`, as columns under a heading have it."""
    return str(value).replace("$", "")


def cell(value: object) -> str:
    """What stands in a column of a report: an amount, a day, a count, words, or nothing."""
    if value is None:
        return ""
    if isinstance(value, Money):
        return amount(value)
    if isinstance(value, date):
        return day_table(value)
    return number(value) if isinstance(value, int) else str(value)


def cents(count: int) -> str:
    """`$1,250.00` for 125000: an amount that is kept as a plain count of cents."""
    return str(Money(count))


def day(value: date) -> str:
    """`Tue, Nov 24`, with the year if it is not this one."""
    shown = value.year == calendar.court_today().year
    return written.dated(value, "EEE, MMM d" if shown else "EEE, MMM d, y")


def day_near(value: date) -> str:
    """`Tue, Jan 5`, for days a few months away at most: no year."""
    return written.dated(value, "EEE, MMM d")


def day_long(value: date) -> str:
    """`Tuesday, November 24`, with the year if it is not this one."""
    shown = value.year == calendar.court_today().year
    return written.dated(value, "EEEE, MMMM d" if shown else "EEEE, MMMM d, y")


def day_table(value: date) -> str:
    """`11/24/2026`, as columns have it."""
    # Never remembered: birth dates are written this way.
    return dates.format_date(value, "MM/dd/yyyy", written.locale())


def month_name(value: date) -> str:
    """`November 2026`."""
    return written.dated(value, "MMMM y")


def moment(value: datetime) -> str:
    """`Tue, Nov 24, 9:00 AM`, by the clock on the court's wall."""
    local = calendar.at_court(value)
    return f"{day(local.date())}, {clock_time(local.time())}"


def clock_time(value: time | datetime) -> str:
    """`9:00 AM`; an instant is shown by the clock on the court's wall."""
    local = calendar.at_court(value).time() if isinstance(value, datetime) else value
    return written.told(local.replace(tzinfo=None))


def phone(e164: str) -> str:
    """`503-555-0142` for a number of this country, else the international form."""
    try:
        parsed = phonenumbers.parse(e164, HOME)
    except phonenumbers.NumberParseException:
        return e164
    if parsed.country_code != 1:
        return str(phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL))
    digits = str(parsed.national_number)
    return f"{digits[:3]}-{digits[3:6]}-{digits[6:]}"


def phone_end(e164: str) -> str:
    """The last four digits, as lists have them."""
    return e164[-4:]


def number(value: int) -> str:
    """`1,234`."""
    return written.counted(value)


def language(code: str) -> Sentence:
    """What a language code is called."""
    return Sentence(languages.NAMES.get(code, code))


def words(code: Enum | str) -> Sentence:
    """Return what a code is called: its own `words`, else its value read out."""
    own: Any = getattr(code, "words", None)
    if isinstance(own, Sentence):
        return own
    value = code.value if isinstance(code, Enum) else code
    return Sentence(str(value).replace("_", " ").capitalize())
