"""Write text into workbooks and CSV so that no program ever takes it for a formula."""

import csv
import unicodedata
from collections.abc import Iterable
from datetime import date
from io import StringIO

from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

STARTS_A_FORMULA = frozenset("=+-@\t\r\n\0|%")
BYTE_ORDER_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"


def text_cell(sheet: WriteOnlyWorksheet, text: str) -> Cell:
    """Return a cell that is text whatever it begins with.

    openpyxl itself would take a leading `=` for a formula.
    """
    cell: Cell = WriteOnlyCell(sheet, value=printable(text))
    cell.data_type = "s"
    return cell


def printable(text: str) -> str:
    """Return the text without the control signs that a workbook can't hold."""
    return str(ILLEGAL_CHARACTERS_RE.sub("", text))


def csv_text(text: str) -> str:
    """Return the text with an apostrophe before it where a spreadsheet would compute it.

    Also after spaces or a byte order mark, and for the full-width forms of the signs.
    """
    plain = unicodedata.normalize("NFKC", text.replace(BYTE_ORDER_MARK, "").lstrip(" "))
    dangerous = plain[:1] in STARTS_A_FORMULA or plain.lstrip()[:1] in STARTS_A_FORMULA
    return f"'{text}" if plain and dangerous else text


def csv_bytes(header: Iterable[str], rows: Iterable[Iterable[object]]) -> bytes:
    """Return a CSV as county offices open it: UTF-8 with a mark, CRLF, ISO dates.

    Text goes through `csv_text`; numbers and dates are written as they are.
    """
    page = StringIO()
    writer = csv.writer(page, lineterminator="\r\n")
    writer.writerow(list(header))
    writer.writerows([_written(value) for value in row] for row in rows)
    return (BYTE_ORDER_MARK + page.getvalue()).encode()


def _written(value: object) -> object:
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    return csv_text(value) if isinstance(value, str) else value
