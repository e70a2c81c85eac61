"""Read a settlement file, and say what settling a line is in accounts."""

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass

from diversion.core.errors import DomainError, Invalid
from diversion.core.money import ZERO, Money
from diversion.core.words import _
from diversion.ledger.accounts import CARD_CLEARING, TREASURY
from diversion.ledger.commands import Line, credit

CHARGES = 5040
COLUMNS = ("reference", "gross", "fee", "net")
MOST_LINES = 5_000


class NotASettlement(Invalid):
    """A settlement file has a line per card payment."""

    sentence = _("The file needs the columns reference, gross, fee and net.")
    field = "file"


class BadLine(Invalid):
    """Every line of the file is read, or none."""

    field = "file"


@dataclass(frozen=True)
class Settled:
    """A line of the file."""

    line: int
    reference: str
    gross: Money
    fee: Money
    net: Money


def read(content: bytes) -> list[Settled]:
    """Return the lines of a settlement file. Raises NotASettlement, BadLine."""
    try:
        rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    except (UnicodeDecodeError, csv.Error) as error:
        raise NotASettlement from error
    named = [{(k or "").strip().lower(): (v or "") for k, v in row.items()
              if isinstance(v, str | None)} for row in rows]  # fmt: skip
    if not named or len(named) > MOST_LINES or not set(COLUMNS) <= set(named[0]):
        raise NotASettlement
    found = [_line(number, row) for number, row in enumerate(named, 2)]
    references = [each.reference for each in found]
    for each in found:
        if references.count(each.reference) > 1:
            raise BadLine(_("Line {line}: the reference stands there twice.", line=each.line))
    return found


def _line(number: int, row: Mapping[str, str]) -> Settled:
    try:
        gross, fee, net = (Money.parse(row[name]) for name in COLUMNS[1:])
    except DomainError as error:
        raise BadLine(_("Line {line}: an amount can't be read.", line=number)) from error
    reference = row["reference"].strip()
    legible = 0 < len(reference) <= 40 and reference.isascii() and reference.isprintable()
    if not legible or gross <= ZERO or fee < ZERO:
        raise BadLine(_("Line {line}: the reference or an amount is missing.", line=number))
    if fee > gross:
        raise BadLine(_("Line {line}: the fee is more than the payment.", line=number))
    return Settled(number, reference, gross, fee, net)


def meaning(receipt: int, gross: Money, fee: Money, purposes: Mapping[int, Money]) -> list[Line]:
    """Return what a settled card payment is: cash net of the fee, which the fund bears.

    The fee is taken from general money first, then from the purposes in their order.
    """
    lines, left = [], fee.cents
    for earmark, amount in sorted(purposes.items()):
        part = min(left, amount.cents)
        left -= part
        lines += [Line(TREASURY, amount.cents - part, 0, earmark), Line(CHARGES, part, 0, earmark)]
    return [*lines, credit(CARD_CLEARING, gross, receipt)]
