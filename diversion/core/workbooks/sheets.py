"""Write sheets as accountants open them, row by row, in flat memory.

openpyxl writes a cell at once, so one styled cell per column and kind is filled
anew for each row. Text is text whatever it begins with; the only formulas are
those that the program writes.
"""

from collections.abc import Generator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import Cell
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter, quote_sheetname

from diversion.core.money import Money
from diversion.core.workbooks.writing import printable, text_cell


class Kind(Enum):
    """What a column holds; the value is its number format."""

    TEXT = "@"
    WHOLE = "0"
    MONEY = "#,##0.00;[Red](#,##0.00);-"
    DAY = "yyyy-mm-dd"
    INSTANT = "yyyy-mm-dd hh:mm:ss"
    TRUTH = "General"


@dataclass(frozen=True)
class Column:
    title: str
    kind: Kind = Kind.TEXT
    width: int = 12


@dataclass(frozen=True)
class Formula:
    """A formula of the program's own, such as `=SUM(Journal!M2:M9)`."""

    text: str
    kind: Kind = Kind.WHOLE


@dataclass(frozen=True)
class Typed:
    """A value that is not of its column's kind."""

    value: Any
    kind: Kind


class SheetFull(RuntimeError):
    """A sheet has no room for another row; a workbook that has more opens nowhere."""


MOST_ROWS = 1_048_575  # below the headings
_BOLD = Font(bold=True)
_FILL = PatternFill("solid", fgColor="FFE4E9EE")
_TYPES = {Kind.TEXT: "s", Kind.DAY: "d", Kind.INSTANT: "d", Kind.TRUTH: "b"}


class Sheet:
    """A table with one row of headings, frozen and filtered; `rows` counts those below it."""

    def __init__(
        self, book: Workbook, title: str, columns: Sequence[Column], *, freeze: str = "A2",
        footer: str = "",
    ) -> None:  # fmt: skip
        self.title, self.columns, self.rows = title, columns, 0
        self._sheet = book.create_sheet(title)
        self._cells: dict[tuple[int, Kind], Any] = {}
        self._lay_out(freeze, footer)
        self._sheet.append([self._heading(column.title) for column in columns])

    def _lay_out(self, freeze: str, footer: str) -> None:
        sheet = self._sheet
        sheet.freeze_panes = freeze
        for place, column in enumerate(self.columns, 1):
            sheet.column_dimensions[get_column_letter(place)].width = column.width
        sheet.page_setup.orientation = "landscape"
        sheet.page_setup.fitToHeight = 0
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
        sheet.print_title_rows = "1:1"
        sheet.oddFooter.left.text = footer
        sheet.oddFooter.right.text = "Page &P of &N"

    def _heading(self, title: str) -> Cell:
        cell = text_cell(self._sheet, title)
        cell.font, cell.fill, cell.number_format = _BOLD, _FILL, Kind.TEXT.value
        return cell

    def append(self, values: Sequence[Any]) -> None:
        """Write one row; None leaves its cell empty. Raises SheetFull."""
        if self.rows >= MOST_ROWS:
            raise SheetFull(self.title)
        self._sheet.append(
            [
                None if value is None else self._filled(place, value)
                for place, value in enumerate(values)
            ]
        )
        self.rows += 1

    def _filled(self, place: int, value: Any) -> Any:
        kind = self.columns[place].kind
        if isinstance(value, Formula):
            cell = self._cell(place, value.kind)
            cell._value, cell.data_type = value.text, "f"
            return cell
        if isinstance(value, Typed):
            value, kind = value.value, value.kind
        cell = self._cell(place, kind)
        cell._value, cell.data_type = plain(value), _TYPES.get(kind, "n")
        return cell

    def _cell(self, place: int, kind: Kind) -> Any:
        cell = self._cells.get((place, kind))
        if cell is None:
            cell = self._cells[place, kind] = WriteOnlyCell(self._sheet)
            cell.number_format = kind.value
        return cell

    def close(self) -> None:
        """End the table: its filter reaches from the headings to the last row."""
        last = get_column_letter(len(self.columns))
        self._sheet.auto_filter.ref = f"A1:{last}{self.rows + 1}"
        self._sheet.close()

    def range(self, title: str, first: int = 1, last: int = 0) -> str:
        """Return the address of a column's cells, such as `'Journal'!$M$2:$M$9`.

        `first` and `last` count rows below the headings; without a last one, to the end.
        """
        titles = [column.title for column in self.columns]
        letter = get_column_letter(titles.index(title) + 1)
        end = max(last or self.rows, 1) + 1
        return f"{quote_sheetname(self.title)}!${letter}${first + 1}:${letter}${end}"


@contextmanager
def new_book() -> Generator[Workbook]:
    """Begin a workbook; one that is given up leaves nothing in the folder of temporary files."""
    book = Workbook(write_only=True)
    try:
        yield book
    except BaseException:
        sheets: list[Any] = book.worksheets
        for sheet in sheets:
            with suppress(Exception):  # a row may have been cut short
                if not sheet.closed:
                    sheet.close()
            sheet._writer.cleanup()
        raise


def plain(value: Any) -> Any:
    """Return a value as a cell holds it: dollars for money, exact to the cent below 2^53 cents."""
    if isinstance(value, Money):
        whole, cents = divmod(value.cents, 100)
        return whole if not cents else value.cents / 100
    if isinstance(value, datetime):
        return value.replace(tzinfo=None)
    if isinstance(value, int | date):
        return value
    return printable(str(value))
