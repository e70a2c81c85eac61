"""Put together what the review of a month shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from diversion.core.money import Money
from diversion.core.words import Sentence
from diversion.fund.kinds import event_words
from diversion.ledger import exceptions


@dataclass(frozen=True)
class Unusual:
    """An entry out of the ordinary."""

    entry: int
    on: date
    event: Sentence
    doc: str
    amount: Money
    entered_by: str
    approved_by: str


def exception_lines(number: int, names: Any) -> list[Unusual]:
    """Return the exceptions of a month; `names` finds the names of staff by number."""
    return unusual_lines(exceptions.exceptions(number), names)


def unusual_lines(rows: Sequence[Any], names: Any) -> list[Unusual]:
    """Return exceptions as a page shows them; `names` finds the names of staff by number."""
    known = names({who for row in rows for who in (row.actor, row.approver) if who})
    return [
        Unusual(
            row.id, row.effective_on, event_words(row.event), row.doc, Money(int(row.cents)),
            known.get(row.actor, ""), known.get(row.approver or 0, ""),
        )
        for row in rows
    ]  # fmt: skip
