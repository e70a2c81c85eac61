"""Go through the sheets of a Community Court list and say what each row is."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from diversion.community_court.imports.columns import LOOKS, SYNONYMS
from diversion.community_court.imports.rules import DAYS, Entry, Reader
from diversion.core import cells
from diversion.core.cells import Misread
from diversion.core.errors import Invalid
from diversion.core.words import Sentence, _
from diversion.core.workbooks import layouts
from diversion.core.workbooks.layouts import Layout
from diversion.core.workbooks.reading import Row, Sheet

SUMS = frozenset({"total", "totals", "grand total", "subtotal", "sum", "suma"})


class NotUnderstood(Invalid):
    """A list is read by what its columns say, never by guessing."""

    field = "file"


class Fate(StrEnum):
    """What an import does with a row."""

    CREATE = "create"
    REPEATS = "repeats"
    UNCHANGED = "unchanged"
    REFUSED = "refused"
    TOTAL = "total"


@dataclass(frozen=True)
class Line:
    """A row of the file and what happens with it; `row` is its number in the file.

    `same_as` is the public number of the person on record whom it repeats.
    """

    sheet: str
    row: int
    fate: Fate
    entry: Entry | None = None
    reason: Sentence | None = None
    same_as: str = ""


@dataclass(frozen=True)
class Reading:
    """Everything that a file says, and which of its columns were not read."""

    lines: tuple[Line, ...]
    unread: tuple[str, ...]
    history: tuple[str, ...]

    def counted(self, fate: Fate) -> int:
        return sum(line.fate is fate for line in self.lines)


def read(sheets: Iterable[Sheet], *, today: date) -> Reading:
    """Return the lines of all lists in the file. Raises NotUnderstood if none can be read."""
    found: list[tuple[Sheet, Layout]] = []
    for sheet in sheets:
        layout = layouts.find(sheet, SYNONYMS, LOOKS)
        if layout is None and (len(sheet.rows) < 3 or max(len(r.cells) for r in sheet.rows) < 2):
            continue  # a legend, no list
        found.append((sheet, _checked(sheet, layout)))
    if not found:
        raise NotUnderstood(_("No list of people was found in this file."))
    lines = [line for sheet, layout in found for line in _lines(sheet, layout, today)]
    return Reading(
        tuple(_without_repeats(lines)),
        tuple(dict.fromkeys(header for _sheet, layout in found for header in layout.unread)),
        tuple(dict.fromkeys(header for _sheet, layout in found for header in layout.history)),
    )


def _checked(sheet: Sheet, layout: Layout | None) -> Layout:
    if layout is None:
        raise NotUnderstood(
            _(
                "No header row was recognized on sheet “{sheet}”. "
                "Name the columns, such as First, Last, Birthdate, Case No., Entered program.",
                sheet=sheet.name,
            )
        )
    places = layout.places
    named = "name" in places or {"first", "last"} <= set(places)
    if not named or "entered" not in places or not ({"born", "case"} & set(places)):
        raise NotUnderstood(
            _(
                "Sheet “{sheet}” lacks a column of names, one of entry dates, or one of birth "
                "dates or case numbers. Not recognized: {unread}.",
                sheet=sheet.name,
                unread=", ".join(layout.unread) or "—",
            )
        )
    return layout


def _lines(sheet: Sheet, layout: Layout, today: date) -> Iterator[Line]:
    rows = [row for row in sheet.rows if row.number > layout.header]
    written = [layout.cell(row, field) for field in DAYS for row in rows]
    reader = Reader(layout, today, cells.writes_day_first(written))
    for row in rows:
        if any(layout.cell(row, field) for field in layout.places):
            yield _line(sheet.name, row, reader)


def _line(sheet: str, row: Row, reader: Reader) -> Line:
    if {cell.text.strip(" :").casefold() for _place, cell in row.filled()} & SUMS:
        return Line(sheet, row.number, Fate.TOTAL, reason=_("A line of sums, not a person."))
    try:
        return Line(sheet, row.number, Fate.CREATE, reader.entry(row))
    except Misread as misread:
        return Line(sheet, row.number, Fate.REFUSED, reason=misread.sentence)


def _without_repeats(lines: Iterable[Line]) -> Iterator[Line]:
    """Let each person be created once; the same case under another name is refused."""
    by_case: dict[str, Line] = {}
    by_person: dict[tuple[str, date], Line] = {}
    for line in lines:
        entry = line.entry
        if entry is None:
            yield line
            continue
        person = _name(entry), entry.born or date.min
        first = by_case.get(entry.case) or (by_person.get(person) if entry.born else None)
        if first is None:
            by_person[person] = line
            if entry.case:
                by_case[entry.case] = line
            yield line
        else:
            yield _again(line, first)


def _again(line: Line, first: Line) -> Line:
    assert line.entry is not None and first.entry is not None  # noqa: S101, PT018 (both were read)
    if _name(line.entry) != _name(first.entry):
        reason = _(
            "The case number stands in row {row} with another name. Mend the number or the name.",
            row=first.row,
        )
        return replace(line, fate=Fate.REFUSED, reason=reason)
    reason = _("The same person as row {row}.", row=first.row)
    return replace(line, fate=Fate.REPEATS, reason=reason)


def _name(entry: Entry) -> str:
    return layouts.plain(f"{entry.last} {entry.first}")
