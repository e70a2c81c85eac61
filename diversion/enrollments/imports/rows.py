"""Read what the rows of every list of people have: a name, a birth date, a case, a phone."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Generic

from diversion.core import cells
from diversion.core.cells import Misread
from diversion.core.words import Sentence, _
from diversion.core.workbooks.layouts import Layout
from diversion.core.workbooks.reading import Cell, Row
from diversion.enrollments.imports.lines import E

YOUNGEST = timedelta(days=365 * 12)
BEGINNING = date(1990, 1, 1)  # no program of this kind is older


@dataclass(frozen=True)
class RowReader(ABC, Generic[E]):
    """Reads rows of one sheet: its layout, the day of reading, and whether the day goes first.

    Every method raises Misread with what to write instead.
    """

    layout: Layout
    today: date
    day_first: bool

    @abstractmethod
    def entry(self, row: Row) -> E:
        """Return what a row says, or refuse one that contradicts itself."""

    @abstractmethod
    def parts(self) -> tuple[Callable[[Row], object], ...]:
        """Return how each cell is read, so that everything wrong with a row is said at once."""

    def problems(self, row: Row) -> list[Sentence]:
        """Return what keeps a row from being read, cell by cell."""
        found = []
        for read in self.parts():
            try:
                read(row)
            except Misread as misread:
                found.append(misread.sentence)
        return found

    def name(self, row: Row) -> tuple[str, str]:
        """Return first and last name, from two columns or from one."""
        if not {"first", "last"} <= set(self.layout.places):
            found = cells.person(self.cell(row, "name"))
            if found is None:
                raise Misread(_("This row has no name. Write the name as Last, First."))
            return found
        first = cells.name_part(self.cell(row, "first"))
        last = cells.name_part(self.cell(row, "last"))
        if not first or not last:
            raise Misread(_("This row lacks a first or a last name. Write both."))
        return first, last

    def born(self, row: Row) -> date | None:
        return self.day(row, "born", self.today - YOUNGEST, cells.EARLIEST)

    def case(self, row: Row) -> str:
        return self.joined(row, "case")

    def phone(self, row: Row) -> str | None:
        return cells.phone(self.cell(row, "phone"))

    def language(self, row: Row) -> str:
        return cells.language(self.cell(row, "language")) or "en"

    def day(self, row: Row, field: str, latest: date, earliest: date = BEGINNING) -> date | None:
        cell = self.cell(row, field)
        return cells.day(cell, latest=latest, earliest=earliest, day_first=self.day_first)

    def joined(self, row: Row, field: str) -> str:
        """Return a number of the court or the police as one word of capitals."""
        return "".join(self.text(row, field).upper().split())

    def text(self, row: Row, field: str) -> str:
        return cells.text(self.cell(row, field)) or ""

    def cell(self, row: Row, field: str) -> Cell:
        return self.layout.cell(row, field)
