"""Go through the sheets of a tracking workbook and say what each row is."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from diversion.core import cells
from diversion.core.cells import Misread
from diversion.core.errors import Invalid
from diversion.core.words import Sentence, _
from diversion.core.workbooks import layouts
from diversion.core.workbooks.layouts import Layout
from diversion.core.workbooks.reading import Row, Sheet
from diversion.sbad.imports.columns import LOOKS, SYNONYMS
from diversion.sbad.imports.rules import DAYS, Entry, Reader, is_total

LIST_FROM = 3  # a sheet with fewer rows, or one column, is a legend and no list


class NotUnderstood(Invalid):
    """A workbook is read by what its columns say, never by guessing."""

    field = "file"


class Outcome(StrEnum):
    """What an import does with a row."""

    CREATE = "create"
    REPEATS = "repeats"
    UNCHANGED = "unchanged"
    REFUSED = "refused"
    TOTAL = "total"


@dataclass(frozen=True)
class Line:
    """A row of the file and what happens with it; `row` is its number in the workbook.

    `same_as` is the row or the public number of the person it repeats.
    """

    sheet: str
    row: int
    outcome: Outcome
    entry: Entry | None = None
    reason: Sentence | None = None
    same_as: str = ""

    def refused(self, reason: Sentence) -> "Line":
        return replace(self, outcome=Outcome.REFUSED, reason=reason)


@dataclass(frozen=True)
class Reading:
    """Everything that a file says, and which of its columns were not read."""

    lines: tuple[Line, ...]
    left_out: tuple[str, ...]
    unread: tuple[str, ...]
    history: tuple[str, ...]


def read(sheets: Iterable[Sheet], *, today: date) -> Reading:
    """Return the lines of all lists in the file. Raises NotUnderstood if one can't be read."""
    lines: list[Line] = []
    left_out: list[str] = []
    found: list[Layout] = []
    for sheet in sheets:
        layout = layouts.find(sheet, SYNONYMS, LOOKS)
        if layout is None and _is_legend(sheet):
            left_out.append(sheet.name)
            continue
        checked = _checked(sheet, layout)
        found.append(checked)
        lines += _lines(sheet, checked, today)
    if not found:
        raise NotUnderstood(_("No list of people was found in this file."))
    return Reading(
        tuple(without_repeats(lines)),
        tuple(left_out),
        tuple(dict.fromkeys(header for layout in found for header in layout.unread)),
        tuple(dict.fromkeys(header for layout in found for header in layout.history)),
    )


def _is_legend(sheet: Sheet) -> bool:
    return len(sheet.rows) < LIST_FROM or max(len(row.cells) for row in sheet.rows) < 2


def _checked(sheet: Sheet, layout: Layout | None) -> Layout:
    if layout is None:
        raise NotUnderstood(
            _(
                "No header row was recognized on sheet “{sheet}”. "
                "Name the columns, such as Name, DOB, Case #, Class Date, Fee, Payments.",
                sheet=sheet.name,
            )
        )
    places = layout.places
    named = "name" in places or {"first", "last"} <= set(places)
    if not named or not ({"born", "case"} & set(places)):
        raise NotUnderstood(
            _(
                "Sheet “{sheet}” lacks a column of names, or one of birth dates or case numbers. "
                "Not recognized: {unread}.",
                sheet=sheet.name,
                unread=", ".join(layout.unread) or "—",
            )
        )
    return layout


def _lines(sheet: Sheet, layout: Layout, today: date) -> Iterator[Line]:
    rows = [row for row in sheet.rows if row.number > layout.header]
    reader = Reader(layout, today, frozenset(_day_first(rows, layout)))
    for row in rows:
        if any(layout.cell(row, field) for field in layout.places):
            yield _line(sheet.name, row, reader)


def _day_first(rows: list[Row], layout: Layout) -> Iterator[str]:
    """One hand writes a sheet: a column that begins with the day tells for all of them."""
    columns = [[layout.cell(row, field) for row in rows] for field in DAYS]
    if cells.writes_day_first([cell for column in columns for cell in column]):
        yield from (*DAYS, "payments")


def _line(sheet: str, row: Row, reader: Reader) -> Line:
    if is_total(row):
        return Line(sheet, row.number, Outcome.TOTAL, reason=_("A line of sums, not a person."))
    try:
        return Line(sheet, row.number, Outcome.CREATE, reader.entry(row))
    except Misread as misread:
        reason = together(reader.problems(row) or [misread.sentence])
        return Line(sheet, row.number, Outcome.REFUSED, reason=reason)


def together(sentences: list[Sentence]) -> Sentence:
    """Return several sentences as one, each still to be translated."""
    if len(sentences) == 1:
        return sentences[0]
    values: dict[str, object] = {f"part{n}": each for n, each in enumerate(sentences)}
    return Sentence(" ".join(f"{{{name}}}" for name in values), values)


def without_repeats(lines: Iterable[Line]) -> Iterator[Line]:
    """Let each person be created once: the first row of a person stands, the others repeat it.

    The same case with another name is refused: one of the two is mistyped.
    """
    by_case: dict[str, Line] = {}
    by_person: dict[tuple[str, date], Line] = {}
    for line in lines:
        if line.entry is None:
            yield line
            continue
        first = by_case.get(line.entry.case) or by_person.get(person_key(line.entry))
        if first is None or first.entry is None:
            _keep(line, by_case, by_person)
            yield line
        elif _plain_name(first.entry) != _plain_name(line.entry):
            yield line.refused(_other_name(first))
        else:
            yield _repeat(line, first)


def _keep(line: Line, by_case: dict[str, Line], by_person: dict[tuple[str, date], Line]) -> None:
    assert line.entry is not None  # noqa: S101 (only lines with an entry are kept)
    if line.entry.case:
        by_case[line.entry.case] = line
    by_person[person_key(line.entry)] = line


def _repeat(line: Line, first: Line) -> Line:
    where = _place(first, line.sheet)
    return replace(
        line,
        outcome=Outcome.REPEATS,
        same_as=where,
        reason=_("The same person as {row}.", row=where),
    )


def _other_name(first: Line) -> Sentence:
    return _(
        "The case number stands in {row} with another name. Mend the number or the name.",
        row=_place(first, ""),
    )


def _place(line: Line, sheet: str) -> str:
    return (
        f"row {line.row}" if line.sheet == sheet else f"{line.sheet}, row {line.row}".lstrip(", ")
    )


def person_key(entry: Entry) -> tuple[str, date]:
    """Return what two rows of one person have in common."""
    return _plain_name(entry), entry.born or date.min


def _plain_name(entry: Entry) -> str:
    return layouts.plain(f"{entry.last} {entry.first}")
