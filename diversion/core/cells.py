"""Read what people write into cells: days, amounts, names, telephones, yes and no.

Each reader takes a typed cell and returns a value, or None for an empty cell,
or raises Misread with a sentence that says what to write instead.
"""

import re
from datetime import date
from decimal import Decimal

from diversion.core import languages
from diversion.core import written_days as days
from diversion.core.errors import Invalid
from diversion.core.money import LIMIT, Money
from diversion.core.words import Sentence, _
from diversion.core.workbooks.reading import Cell, Kind

EARLIEST = date(1900, 1, 1)
NOTHING_WRITTEN = frozenset({"", "-", "--", "–", "—", "n/a", "na", "none", "?"})
YES = frozenset({"y", "yes", "x", "true", "1", "sí", "si", "ok", "✓", "✔"})
NO = frozenset({"n", "no", "false", "0"})
LONGEST_NAME = 120


class Misread(Exception):
    """A cell that can't be understood.

    The sentence quotes the cell for the person at the screen; `str()` does not,
    so that nothing of it reaches a log.
    """

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(sentence.text)
        self.sentence = sentence


def text(cell: Cell) -> str | None:
    """Return text without needless spaces. A formula is refused, never computed."""
    if cell.kind is Kind.FORMULA:
        raise Misread(_("“{value}” is a formula. Write the text itself.", value=_quote(cell)))
    if cell.kind is Kind.ERROR:
        raise Misread(_("“{value}” is an error of the workbook.", value=_quote(cell)))
    plain = " ".join(cell.text.split())
    return None if plain.casefold() in NOTHING_WRITTEN else plain


def day(
    cell: Cell, *, latest: date, earliest: date = EARLIEST, day_first: bool = False
) -> date | None:
    """Return a day, from a real date, a serial number, or text in many shapes.

    A year of two digits is the latest one that does not pass `latest`.
    """
    if cell.kind is Kind.NUMBER:
        found = days.of_serial(cell.text)
    else:
        written = text(cell)
        if written is None:
            return None
        found = days.of_text(written, latest, day_first)
    if found is None:
        raise Misread(_("“{value}” is not a date. Write it as 11/30/2026.", value=_quote(cell)))
    if not earliest <= found <= latest:
        raise Misread(
            _(
                "“{value}” does not lie between {earliest} and {latest}. Look at the year.",
                value=_quote(cell),
                earliest=f"{earliest:%m/%d/%Y}",
                latest=f"{latest:%m/%d/%Y}",
            )
        )
    return found


def money(cell: Cell) -> Money | None:
    """Return an amount of at least nothing; `-` alone and an empty cell are None."""
    written = text(cell)
    if written is None:
        return None
    try:
        if cell.kind is Kind.NUMBER:
            amount = _exact(written)
        else:
            amount = Money.parse(written.replace(" ", ""))
    except Invalid as error:
        raise Misread(
            _("“{value}” is not an amount. Write it as 1,250.00.", value=_quote(cell))
        ) from error
    if amount.cents < 0:
        raise Misread(_("“{value}” is less than nothing.", value=_quote(cell)))
    return amount


def _exact(digits: str) -> Money:
    """A workbook keeps 0.1 as a binary fraction: take the nearest cent, but no half cents."""
    cents = Decimal(digits) * 100
    if abs(cents) > LIMIT:
        raise Invalid
    nearest = cents.to_integral_value()
    if abs(cents - nearest) > Decimal("0.0001"):
        raise Invalid
    return Money(int(nearest))


def whole(cell: Cell) -> int | None:
    """Return a whole number of at least nothing."""
    written = text(cell)
    if written is None:
        return None
    plain = written.removesuffix(".0").replace(",", "")
    if not re.fullmatch(r"[0-9]{1,9}", plain):
        raise Misread(_("“{value}” is not a whole number.", value=_quote(cell)))
    return int(plain)


def phone(cell: Cell) -> str | None:
    """Return a telephone number of North America as +1 and ten digits."""
    written = text(cell)
    if written is None:
        return None
    number = written.removesuffix(".0") if cell.kind is Kind.NUMBER else written
    digits = re.sub(r"[\s().+/-]", "", number)
    if re.fullmatch(r"1?[2-9][0-9]{2}[2-9][0-9]{6}", digits):
        return f"+1{digits[-10:]}"
    raise Misread(
        _("“{value}” is not a telephone number. Write it as 503-555-0100.", value=_quote(cell))
    )


def yes(cell: Cell) -> bool | None:
    """Return True or False; anything but a plain yes or no is refused."""
    written = text(cell)
    if written is None:
        return None
    said = written.casefold()
    if said in YES or said in NO:
        return said in YES
    raise Misread(_("“{value}” is neither yes nor no.", value=_quote(cell)))


def language(cell: Cell) -> str | None:
    """Return the code of a language, from its name, abbreviation or code."""
    written = text(cell)
    if written is None:
        return None
    code = languages.code_of(written)
    if code is None:
        raise Misread(
            _("“{value}” is not a language known here. Write its English name.", value=_quote(cell))
        )
    return code


def person(cell: Cell) -> tuple[str, str] | None:
    """Return first and last name from `Last, First` or `First Last`, capitals mended."""
    written = name_part(cell)
    if written is None:
        return None
    if "," in written:
        last, _comma, first = (part.strip() for part in written.partition(","))
    else:
        first, _space, last = written.partition(" ")
    if not first or not last:
        raise Misread(
            _("“{value}” lacks a first or a last name. Write Last, First.", value=_quote(cell))
        )
    return first, last


def name_part(cell: Cell) -> str | None:
    """Return a name, or a part of one; names all in capitals are written as usual."""
    if cell.kind not in {Kind.TEXT, Kind.EMPTY}:
        raise Misread(_("“{value}” is not a name.", value=_quote(cell)))
    written = text(cell)
    if written is None:
        return None
    if written[0] in "=+-@" or len(written) > LONGEST_NAME or not any(map(str.isalpha, written)):
        raise Misread(_("“{value}” is not a name.", value=_quote(cell)))
    return _usual(written) if written.isupper() and len(written) > 3 else written


def _usual(capitals: str) -> str:
    return re.sub(r"[^\W\d_]+", lambda word: word[0].capitalize(), capitals)


def _quote(cell: Cell) -> str:
    shown = " ".join(cell.text.split())
    return shown if len(shown) <= 60 else f"{shown[:59]}…"
