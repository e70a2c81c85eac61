"""Put together what the review of a month shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from diversion.core.money import Money
from diversion.core.words import Sentence, _
from diversion.fund.kinds import event_words
from diversion.ledger import exceptions
from diversion.ledger.events import RELAXED, Event


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


def words_of(event: Event) -> Sentence:
    """Say what is out of the ordinary; a deposit is where its cashier made it."""
    own = _("Deposit by its own cashier")
    return own if event in RELAXED else event_words(event)


def exception_lines(number: int, names: Any) -> list[Unusual]:
    """Return the exceptions of a month; `names` finds the names of staff by number."""
    return unusual_lines(exceptions.exceptions(number), names)


def unusual_lines(rows: Sequence[Any], names: Any) -> list[Unusual]:
    """Return exceptions as a page shows them; `names` finds the names of staff by number."""
    known = names({who for row in rows for who in (row.actor, row.approver) if who})
    return [
        Unusual(
            row.id, row.effective_on, words_of(row.event), row.doc, Money(int(row.cents)),
            known.get(row.actor, ""), known.get(row.approver or 0, ""),
        )
        for row in rows
    ]  # fmt: skip
