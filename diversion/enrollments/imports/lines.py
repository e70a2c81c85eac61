"""Say what a row of a list of people is, and what an import does with it."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Generic, Protocol, TypeVar

from diversion.core.words import Sentence


class Entry(Protocol):
    """What every list says of a person; each kind of list adds its own."""

    @property
    def first(self) -> str: ...
    @property
    def last(self) -> str: ...
    @property
    def born(self) -> date | None: ...
    @property
    def case(self) -> str: ...


E = TypeVar("E", bound=Entry)


class Fate(StrEnum):
    """What an import does with a row."""

    CREATE = "create"
    REPEATS = "repeats"
    UNCHANGED = "unchanged"
    REFUSED = "refused"
    TOTAL = "total"


@dataclass(frozen=True)
class Line(Generic[E]):
    """A row of the file and what happens with it; `row` is its number in the file."""

    sheet: str
    row: int
    fate: Fate
    entry: E | None = None
    reason: Sentence | None = None

    def ending(self, fate: Fate, reason: Sentence) -> "Line[E]":
        """Return this line with another fate, and why."""
        return replace(self, fate=fate, reason=reason)


@dataclass(frozen=True)
class Reading(Generic[E]):
    """What a file says; `left_out` are sheets that hold no list, the others unread columns."""

    lines: tuple[Line[E], ...]
    left_out: tuple[str, ...]
    unread: tuple[str, ...]
    history: tuple[str, ...]

    def of(self, *fates: Fate) -> list[Line[E]]:
        return [line for line in self.lines if line.fate in fates]

    def counted(self, fate: Fate) -> int:
        return sum(line.fate is fate for line in self.lines)

    def reasons(self) -> dict[tuple[str, int], str]:
        """Return why each refused row was refused, by its sheet and its number there."""
        refused = self.of(Fate.REFUSED)
        return {(line.sheet, line.row): str(line.reason) for line in refused}
