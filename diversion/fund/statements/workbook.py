"""Write a report as a workbook: its rows, and a sheet that says what it is."""

from pathlib import Path
from typing import Any

from diversion.core.money import Money
from diversion.core.release import VERSION
from diversion.core.words import Sentence
from diversion.core.workbooks import packing, sheets
from diversion.core.workbooks.sheets import Kind, Sheet, Typed, new_book
from diversion.fund.statements.report import Kept, Question, Report
from diversion.ledger.queries import Head

ABOUT = (sheets.Column("What", width=28), sheets.Column("Value", width=70))


def write(
    path: Path, kept: Kept, asked: Question, report: Report, head: Head, remarks: list[Sentence]
) -> int:  # fmt: skip
    """Write the workbook to `path` and return how many rows it has; `head` is the last entry."""
    footer = f"Entry {head.number}, {head.hash[:16]}"
    columns = tuple(sheets.Column(str(c.title), c.kind, c.width) for c in report.columns)
    with new_book() as book:
        sheet = Sheet(book, str(kept.title), columns, footer=footer)
        for row in report.every():
            sheet.append(
                [_cell(value, c.kind) for value, c in zip(row.cells, columns, strict=True)]
            )
        sheet.close()
        about = Sheet(book, "About", ABOUT, footer=footer)
        for words, value in _about(kept, asked, report, head, remarks):
            kind = Kind.MONEY if isinstance(value, Money) else Kind.TEXT
            about.append((words, Typed(value, kind)))
        about.close()
        packing.save(book, path, head.posted_at or packing.BEGINNING)
    return sheet.rows


def _cell(value: Any, kind: Kind) -> Any:
    """A sum's words may stand in a column of another kind."""
    if value is None or value == "":
        return None
    if isinstance(value, Sentence | str) and kind is not Kind.TEXT:
        return Typed(str(value), Kind.TEXT)
    return str(value) if isinstance(value, Sentence) else value


def _about(
    kept: Kept, asked: Question, report: Report, head: Head, remarks: list[Sentence]
) -> list[tuple[str, Any]]:  # fmt: skip
    wanted = asked.wanted
    return [
        ("Report", str(kept.title)), ("Fund", str(kept.fund)),
        *([("Account", report.subject)] if report.subject else []),
        ("Counts for", f"{wanted.first} to {wanted.last}"),
        ("As of entry", str(wanted.up_to)), ("Hash of it", head.hash),
        ("Posted", f"{head.posted_at:%Y-%m-%d %H:%M:%S} UTC" if head.posted_at else ""),
        ("Program", VERSION), *((str(words), amount) for words, amount in report.proofs),
        *(("Remark", str(words)) for words in remarks),
    ]  # fmt: skip
