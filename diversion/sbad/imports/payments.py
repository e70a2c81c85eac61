"""Read the payments that were crammed into one cell."""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from diversion.core import cells
from diversion.core.cells import Misread
from diversion.core.money import Money
from diversion.core.words import _
from diversion.core.workbooks.reading import Cell, Kind


class PaidBy(StrEnum):
    """How an old payment was made."""

    CARD = "card"
    CASH = "cash"
    CHECK = "check"
    MONEY_ORDER = "money_order"


SAID: dict[str, PaidBy] = {
    "card": PaidBy.CARD, "cc": PaidBy.CARD, "credit": PaidBy.CARD, "credit card": PaidBy.CARD,
    "debit": PaidBy.CARD, "visa": PaidBy.CARD, "mc": PaidBy.CARD,
    "cash": PaidBy.CASH, "csh": PaidBy.CASH,
    "ck": PaidBy.CHECK, "chk": PaidBy.CHECK, "check": PaidBy.CHECK, "cheque": PaidBy.CHECK,
    "mo": PaidBy.MONEY_ORDER, "m/o": PaidBy.MONEY_ORDER, "money order": PaidBy.MONEY_ORDER,
    "money ord": PaidBy.MONEY_ORDER,
}  # fmt: skip
BETWEEN = re.compile(r"[;\n]+|,\s*(?=(?:pd|paid)\b)", re.IGNORECASE)
ONE = re.compile(
    r"(?:pd|paid|pmt|payment)?[\s:.]*"
    r"(?P<on>\d{1,2}[/.-]\d{1,2}[/.-](?:\d{4}|\d{2})|\d{4}-\d{2}-\d{2}"
    r"|[A-Za-z]{3,9}\.? \d{1,2},? \d{2,4})"
    r"[\s:,-]+\$?\s*(?P<amount>\d[\d,]*(?:\.\d{1,2})?)"
    r"[\s,]*(?P<by>credit card|money ord(?:er)?|m/o|[A-Za-z]+)?"
    r"[\s,]*(?:no\.?|#|ref\.?)?\s*(?P<reference>[A-Za-z0-9-]{1,30})?[\s.]*",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class OldPayment:
    """Money that the county took before these books, as the file has it."""

    paid_on: date
    amount: Money
    paid_by: PaidBy
    reference: str


def read(
    cell: Cell, *, latest: date, earliest: date, day_first: bool = False
) -> tuple[OldPayment, ...]:
    """Return the payments of a cell, such as `pd 10/18/24 $100 ck 2890; pd 11/21/24 $250 cash`.

    Raises Misread for the first that can't be read whole: money is never guessed.
    """
    if cells.text(cell) is None:
        return ()
    parts = [" ".join(part.split()) for part in BETWEEN.split(cell.text)]
    reader = Reader(latest, earliest, day_first)
    return tuple(reader.payment(part) for part in parts if part)


@dataclass(frozen=True)
class Reader:
    """Reads one payment; its day lies between `earliest` and `latest`."""

    latest: date
    earliest: date
    day_first: bool

    def payment(self, part: str) -> OldPayment:
        found = ONE.fullmatch(part)
        paid_by = SAID.get((found["by"] or "").casefold()) if found else None
        if found is None or paid_by is None:
            raise Misread(
                _(
                    "“{value}” is not a payment that can be read. "
                    "Write it as pd 11/30/2026 $250 check 1234.",
                    value=part[:60],
                )
            )
        paid_on = self._day(found["on"])
        amount = cells.money(Cell(Kind.TEXT, found["amount"]))
        if paid_on is None or not amount:
            raise Misread(_("“{value}” is a payment of nothing.", value=part[:60]))
        return OldPayment(paid_on, amount, paid_by, found["reference"] or "")

    def _day(self, written: str) -> date | None:
        return cells.day(
            Cell(Kind.TEXT, written),
            latest=self.latest,
            earliest=self.earliest,
            day_first=self.day_first,
        )
