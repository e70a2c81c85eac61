"""Share what both plain texts of the books need: dollars, payees, who writes."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Protocol

from diversion.ledger.events import Event
from diversion.ledger.journals.queries import Line, Sealed

BROUGHT_FORWARD, CLOSE = "BROUGHT_FORWARD", "CLOSE"
PAYEES = (*sorted(event.value for event in Event), BROUGHT_FORWARD, CLOSE)
About = Sequence[tuple[str, str]]
Totals = Mapping[int, int]


class Writer(Protocol):
    """A text of one group of accounts."""

    def open(self, day: date, totals: Totals) -> None:
        """Begin with what stood before."""

    def entry(self, sealed: Sealed, lines: Sequence[Line]) -> None:
        """Write an entry's lines in this group."""

    def close(self, day: date, totals: Totals) -> None:
        """Claim what stands at the end of a day, as the database adds it up."""


def dollars(cents: int) -> str:
    """Return cents as dollars with two decimals, by integer arithmetic."""
    digits = str(cents) if abs(cents) >= 100 else f"{cents:0{4 if cents < 0 else 3}}"
    return f"{digits[:-2]}.{digits[-2:]}"
