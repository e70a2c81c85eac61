"""Say the journal in rows that files share, with numbers for people and no name of one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from diversion.core.money import Money
from diversion.core.tracks import Track
from diversion.fees import queries as fees
from diversion.ledger import extracts
from diversion.ledger.accounts import BY_CODE
from diversion.ledger.extracts import Range
from diversion.participants.queries import numbers_of
from diversion.staff.queries import names_of

# What the sub-ledger keys of accounts name, where that leads to a person.
_OBLIGATION, _PARTICIPANT, _RECEIPT = "obligation", "participant", "receipt"


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
        people = _participants(rows)
        for row in rows:
            yield JournalRow(
                row, document(row), people.get((BY_CODE[row.account].sub, row.sub), ""),
                Money(max(row.cents, 0)), Money(max(-row.cents, 0)),
                names.get(row.actor, ""), names.get(row.approver or 0, ""),
            )  # fmt: skip


def learn(names: dict[int, str], numbers: Sequence[int]) -> None:
    """Add the names of the members of staff that are not known yet."""
    names.update(names_of(set(numbers) - names.keys()))


def document(row: Any) -> str:
    """Return the number of the paper an entry stands for."""
    return f"{row.series}{row.number:06d}" if row.series else str(row.doc)


def _participants(rows: Sequence[Any]) -> dict[tuple[str, int], str]:
    """Return the participants' numbers behind the sub-ledger keys: three statements."""
    subs: dict[str, set[int]] = {_OBLIGATION: set(), _PARTICIPANT: set(), _RECEIPT: set()}
    for row in rows:
        subs.get(BY_CODE[row.account].sub, set()).add(row.sub)
    obligations = fees.numbers_by_obligation(subs[_OBLIGATION])
    people = numbers_of(Track.SBAD, subs[_PARTICIPANT])
    receipts = {key: who for key, (who, _payor) in fees.payors_of(subs[_RECEIPT]).items()}
    named = ((_OBLIGATION, obligations), (_PARTICIPANT, people), (_RECEIPT, receipts))
    return {(kind, key): number for kind, found in named for key, number in found.items()}
