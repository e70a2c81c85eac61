"""Give back the rows that were refused, each with its reason, to be mended in the workbook."""

from collections.abc import Iterable, Mapping
from io import BytesIO

from openpyxl import Workbook

from diversion.core.words import _
from diversion.core.workbooks.reading import Row, Sheet
from diversion.core.workbooks.writing import text_cell

REASON = _("Why it was refused")


def workbook_to_mend(sheets: Iterable[Sheet], reasons: Mapping[tuple[str, int], str]) -> bytes:
    """Return a workbook with the refused rows under their own headers, sheet by sheet.

    `reasons` says why, by sheet and row. Every cell is text as it was; the last column says why.
    """
    book = Workbook(write_only=True)
    for sheet in sheets:
        wanted = [row for row in sheet.rows if (sheet.name, row.number) in reasons]
        if not wanted:
            continue
        made = book.create_sheet(sheet.name or "Rows")
        made.freeze_panes = "A2"
        header = max(sheet.rows[:30], key=lambda row: len(row.cells))
        width = max(len(row.cells) for row in (header, *wanted))
        made.append([text_cell(made, text) for text in (*_texts(header, width), str(REASON))])
        for row in wanted:
            reason = reasons[(sheet.name, row.number)]
            made.append([text_cell(made, text) for text in (*_texts(row, width), reason)])
    page = BytesIO()
    book.save(page)
    return page.getvalue()


def _texts(row: Row, width: int) -> list[str]:
    return [row.at(place).text for place in range(width)]
