"""Say the journal in rows that files share, with numbers for people and no name of one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from diversion.core.money import Money
from diversion.fund.sub_keys import key_of, participants
from diversion.ledger import extracts
from diversion.ledger.extracts import Range
from diversion.staff.queries import names_of


@dataclass(frozen=True)
class JournalRow:
    """One line of the journal; `row` has all of its sealed fields."""

    row: Any
    document: str
    participant: str
    debit: Money
    credit: Money
    entered_by: str
    approved_by: str


def journal_rows(wanted: Range) -> Iterator[JournalRow]:
    """Return the lines of a range in order; only some thousand are held at a time."""
    names: dict[int, str] = {}
    for rows in extracts.journal(wanted):
        learn(names, [row.actor for row in rows] + [row.approver or row.actor for row in rows])
        people = participants(rows)
        for row in rows:
            yield JournalRow(
                row, document(row), people.get(key_of(row), ""),
                Money(max(row.cents, 0)), Money(max(-row.cents, 0)),
                names.get(row.actor, ""), names.get(row.approver or 0, ""),
            )  # fmt: skip


def learn(names: dict[int, str], numbers: Sequence[int]) -> None:
    """Add the names of the members of staff that are not known yet."""
    names.update(names_of(set(numbers) - names.keys()))


def document(row: Any) -> str:
    """Return the number of the paper an entry stands for."""
    return f"{row.series}{row.number:06d}" if row.series else str(row.doc)
