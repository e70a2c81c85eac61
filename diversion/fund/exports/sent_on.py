"""Say when what each receipt of the state's fee left for an office was sent on: oldest first."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from diversion.ledger.events import Event
from diversion.ledger.registers import shown_receipt


@dataclass
class Lot:
    """What a receipt left for one office, and how much of it was not sent on yet."""

    entry: int
    paper: str
    cents: int


def sent_on(rows: Iterable[Any]) -> dict[tuple[int, int], date]:
    """Return by entry and office when the last cent was sent on; what was not is left out.

    `rows` are those of `held_for_others` from the beginning, in their order. A void and a
    return take their own receipt out; where its money was sent on already, what is sent for
    others is so much less.
    """
    waiting: dict[int, list[Lot]] = defaultdict(list)
    found: dict[tuple[int, int], date] = {}
    for row in rows:
        lots, due = waiting[row.remittee], int(row.due)
        if due > 0:
            lots.append(Lot(row.id, shown_receipt(row), due))
            continue
        own = next((lot for lot in lots if _is_its(lot, row)), None)
        if own is not None and own.cents == -due:
            lots.remove(own)
            continue
        for lot in _taken(lots, -due):
            found[lot.entry, row.remittee] = row.effective_on
    return found


def _is_its(lot: Lot, row: Any) -> bool:
    returned = row.event is Event.STF_RETURNED and row.doc == lot.paper
    return lot.entry == row.reverses or returned


def _taken(lots: list[Lot], cents: int) -> Iterable[Lot]:
    """Take cents from the oldest, and yield what is used up."""
    while cents and lots:
        part = min(cents, lots[0].cents)
        lots[0].cents -= part
        cents -= part
        if not lots[0].cents:
            yield lots.pop(0)
