"""Put together what lists of awards and payees show."""

from dataclasses import dataclass
from typing import Any

from diversion.core.money import Money
from diversion.core.words import Sentence
from diversion.fund.awards.words import AIMS
from diversion.fund.orders.kinds import PAYEES
from diversion.web.filters import words


@dataclass(frozen=True)
class Line:
    """An award in a list; survivors have no name."""

    number: str
    payee: str | Sentence
    aim: Sentence
    line: str
    promised: Money
    spent: Money


@dataclass(frozen=True)
class Reached:
    """An organization and what it was promised and given."""

    name: str
    kind: object
    awards: int
    promised: Money
    spent: Money


def line_of(row: Any) -> Line:
    award = row.Award
    return Line(
        award.number, row.payee or PAYEES[award.payee_kind], AIMS[award.aim], row.line,
        Money(int(row.promised)), Money(int(row.spent)),
    )  # fmt: skip


def reached_of(row: Any) -> Reached:
    return Reached(
        row.name, words(row.kind), row.awards, Money(int(row.promised)), Money(int(row.spent))
    )
