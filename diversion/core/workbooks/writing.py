"""Write text into workbooks and CSV so that no program ever takes it for a formula."""

import unicodedata

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
