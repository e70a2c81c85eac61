"""Write a batch in one of three layouts, all from the same list of fields."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from io import StringIO
from pathlib import Path

from diversion.core.errors import Refused
from diversion.core.money import Money
from diversion.core.words import _
from diversion.core.workbooks import packing
from diversion.core.workbooks.sheets import Column, Kind, Sheet, new_book
from diversion.core.workbooks.writing import csv_text
from diversion.fund.county.models import Format
from diversion.fund.county.rows import SOURCE, CountyLine, Heading, Trailer


@dataclass(frozen=True)
class Field:
    """A column; `width` counts where widths are fixed, and money stands to the right."""

    title: str
    width: int
    is_money: bool = False


FIELDS = (
    Field("Batch id", 12), Field("Batch date", 10), Field("Accounting period", 6), Field("Fund", 8),
    Field("Department", 10), Field("Account", 14), Field("Project/Grant", 14),
    Field("Debit", 15, is_money=True), Field("Credit", 15, is_money=True), Field("Description", 30),
    Field("Reference", 20), Field("Source", 6),
)  # fmt: skip
TRAILER = (
    Field("Lines", 8), Field("Debits", 15, is_money=True), Field("Credits", 15, is_money=True),
    Field("Sum of account numbers", 20), Field("First entry", 10), Field("Last entry", 10),
    Field("Chain hash", 64),
)  # fmt: skip


class TooWide(Refused):
    """Something has more letters than its column."""

    sentence = _("A county account is too long for a file of fixed width. Shorten it first.")


ENDINGS = {Format.CSV: ".csv", Format.FIXED: ".txt", Format.WORKBOOK: ".xlsx"}
Cells = Sequence[object]


def write(
    path: Path, form: Format, head: Heading, lines: Sequence[CountyLine], end: Trailer,
    stamp: datetime,
) -> None:  # fmt: skip
    """Write a batch to `path`; the same batch is the same bytes. `stamp` is that of its entry."""
    start = (head.batch, head.on.isoformat(), head.period)
    rows = [(*start, *astuple_of(line), SOURCE) for line in lines]
    if form is Format.WORKBOOK:
        _workbook(path, rows, astuple_of(end), stamp)
    else:
        text = _csv(rows, end) if form is Format.CSV else _fixed(rows, end)
        path.write_bytes(text.encode("utf-8"))


def astuple_of(row: CountyLine | Trailer) -> tuple[object, ...]:
    """Return the fields of a row; money stays money."""
    return tuple(getattr(row, name) for name in row.__dataclass_fields__)


def _csv(rows: Sequence[Cells], end: Trailer) -> str:
    page = StringIO(newline="")
    writer = csv.writer(page, lineterminator="\r\n")
    writer.writerow([field.title for field in FIELDS])
    writer.writerows([_said(cell) for cell in row] for row in rows)
    writer.writerow(["TRAILER", *(_said(cell) for cell in astuple_of(end))])
    return page.getvalue()


def _said(cell: object) -> str:
    if isinstance(cell, Money):
        return cell.plain() if cell else ""
    return csv_text(str(cell))


def _fixed(rows: Sequence[Cells], end: Trailer) -> str:
    lines = ["D" + _padded(FIELDS, row) for row in rows]
    return "\r\n".join([*lines, "T" + _padded(TRAILER, astuple_of(end))]) + "\r\n"


def _padded(fields: Sequence[Field], cells: Cells) -> str:
    """Return cells one after the other; money is cents, with zeros before it.

    Raises TooWide: a county account that is cut would be another one.
    """
    texts = [
        f"{cell.cents:0{field.width}d}" if isinstance(cell, Money) else str(cell).ljust(field.width)
        for field, cell in zip(fields, cells, strict=True)
    ]
    if any(len(text) > field.width for field, text in zip(fields, texts, strict=True)):
        raise TooWide
    return "".join(texts)


def _workbook(path: Path, rows: Sequence[Cells], end: Cells, stamp: datetime) -> None:
    with new_book() as book:
        for title, fields, contents in (("Batch", FIELDS, rows), ("Trailer", TRAILER, [end])):
            columns = [
                Column(f.title, Kind.MONEY if f.is_money else Kind.TEXT, max(f.width, 10))
                for f in fields
            ]
            sheet = Sheet(book, title, columns)
            for row in contents:
                sheet.append([cell if isinstance(cell, Money) else str(cell) for cell in row])
            sheet.close()
        packing.save(book, path, stamp)
