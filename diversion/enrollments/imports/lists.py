"""Go through the sheets of a file and say what each row of its lists of people is."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Generic

from diversion.core import written_days
from diversion.core.cells import Misread
from diversion.core.errors import Invalid
from diversion.core.words import Sentence, _
from diversion.core.workbooks import layouts
from diversion.core.workbooks.layouts import Layout
from diversion.core.workbooks.reading import Cell, Row, Sheet
from diversion.enrollments.imports.lines import E, Fate, Line, Reading
from diversion.enrollments.imports.repeats import without_repeats
from diversion.enrollments.imports.rows import RowReader

SUMS = frozenset({"total", "totals", "grand total", "subtotal", "sum", "suma"})
FEWEST_ROWS, FEWEST_COLUMNS = 3, 2  # a smaller sheet is a legend and no list


class NotUnderstood(Invalid):
    """A list is read by what its columns say, never by guessing."""

    field = "file"


@dataclass(frozen=True)
class ListKind(Generic[E]):
    """One kind of list: how its columns are told, which hold days, and who reads its rows.

    `needed` has for a field without which the list is refused the sentence that says so.
    """

    synonyms: Mapping[str, tuple[str, ...]]
    looks: Mapping[str, Callable[[Cell], bool]]
    days: tuple[str, ...]
    example: str
    reader: Callable[[Layout, date, bool], RowReader[E]]
    needed: Mapping[str, Sentence] = field(default_factory=dict)


def read(sheets: Iterable[Sheet], kind: ListKind[E], *, today: date) -> Reading[E]:
    """Return the lines of all lists in a file. Raises NotUnderstood if one can't be read."""
    found: list[tuple[Sheet, Layout]] = []
    left_out: list[str] = []
    for sheet in sheets:
        layout = layouts.find(sheet, kind.synonyms, kind.looks)
        if layout is None and _is_legend(sheet):
            left_out.append(sheet.name)
        else:
            found.append((sheet, _checked(sheet, layout, kind)))
    if not found:
        raise NotUnderstood(_("No list of people was found in this file."))
    lines = [line for sheet, layout in found for line in _lines(sheet, layout, kind, today)]
    return Reading(
        tuple(without_repeats(lines)),
        tuple(left_out),
        tuple(dict.fromkeys(header for _sheet, layout in found for header in layout.unread)),
        tuple(dict.fromkeys(header for _sheet, layout in found for header in layout.history)),
    )


def _is_legend(sheet: Sheet) -> bool:
    widest = max((len(row.cells) for row in sheet.rows), default=0)
    return len(sheet.rows) < FEWEST_ROWS or widest < FEWEST_COLUMNS


def _checked(sheet: Sheet, layout: Layout | None, kind: ListKind[E]) -> Layout:
    if layout is None:
        raise NotUnderstood(
            _(
                "No header row was recognized on sheet “{sheet}”. "
                "Name the columns, such as {example}.",
                sheet=sheet.name,
                example=kind.example,
            )
        )
    lacking = _lacking(set(layout.places), kind)
    if lacking is not None:
        unread = ", ".join(layout.unread) or "—"
        raise NotUnderstood(Sentence(lacking.text, {"sheet": sheet.name, "unread": unread}))
    return layout


def _lacking(known: set[str], kind: ListKind[E]) -> Sentence | None:
    if not ("name" in known or {"first", "last"} <= known) or not ({"born", "case"} & known):
        return _(
            "Sheet “{sheet}” lacks a column of names, or one of birth dates or case numbers. "
            "Not recognized: {unread}."
        )
    return next((said for name, said in kind.needed.items() if name not in known), None)


def _lines(sheet: Sheet, layout: Layout, kind: ListKind[E], today: date) -> Iterator[Line[E]]:
    """One hand writes a sheet: a column that begins with the day tells for all of them."""
    rows = [row for row in sheet.rows if row.number > layout.header]
    written = [layout.cell(row, name) for name in kind.days for row in rows]
    reader = kind.reader(layout, today, written_days.writes_day_first(written))
    for row in rows:
        if any(layout.cell(row, name) for name in layout.places):
            yield _line(sheet.name, row, reader)


def _line(sheet: str, row: Row, reader: RowReader[E]) -> Line[E]:
    if {cell.text.strip(" :").casefold() for _place, cell in row.filled()} & SUMS:
        return Line(sheet, row.number, Fate.TOTAL, reason=_("A line of sums, not a person."))
    try:
        return Line(sheet, row.number, Fate.CREATE, reader.entry(row))
    except Misread as misread:
        reason = _together(reader.problems(row) or [misread.sentence])
        return Line(sheet, row.number, Fate.REFUSED, reason=reason)


def _together(sentences: list[Sentence]) -> Sentence:
    """Return several sentences as one, each still to be translated."""
    if len(sentences) == 1:
        return sentences[0]
    values: dict[str, object] = {f"part{n}": each for n, each in enumerate(sentences)}
    return Sentence(" ".join(f"{{{name}}}" for name in values), values)
