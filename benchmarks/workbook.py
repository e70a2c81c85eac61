"""The month's workbook, beside openpyxl's write-only mode writing the same cells and no more.

Source of the target: performance.md, section 3.
"""

import tempfile
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from flask import Flask
from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell

from benchmarks.county import Statements
from benchmarks.report import Row
from benchmarks.timing import Job, in_turn
from diversion.app import create_app
from diversion.core.database import db, transaction
from diversion.fund.exports import services
from diversion.fund.leaving.models import FileKind
from tests import databases
from tests.factories import fund

RECEIPTS = 2_000
FIRST, LAST = date(2026, 10, 1), date(2026, 10, 31)
ZONE = ZoneInfo("America/Los_Angeles")
Cell = tuple[object, str, str]


def a_month(receipts: int = RECEIPTS) -> tuple[Flask, Path]:
    """Make the program on a fresh SQLite database with a month of `receipts`."""
    folder = Path(tempfile.mkdtemp(prefix="dvbench"))
    url = f"sqlite:///{folder / 'county' / 'diversion.sqlite3'}"
    (folder / "county").mkdir()
    databases.migrate(url, folder)
    app = create_app({**databases.settings(folder), "DATABASE_URL": url})
    with app.app_context(), transaction():
        for number in range(1, receipts + 1):
            fund.assess(number, on=FIRST)
            fund.take(50, by=900, obligation=number, on=FIRST + timedelta(days=number % 31))
    return app, folder


def ours(receipts: int = RECEIPTS) -> Job:
    app, folder = a_month(receipts)
    return partial(_build, app, folder)


def _build(app: Flask, folder: Path) -> Path:
    with app.app_context():
        built = services.build(FileKind.WORKBOOK, FIRST, LAST, zone=ZONE, folder=folder)
        db.session.remove()
    return built.path


def bare(receipts: int = RECEIPTS) -> Job:
    """Make the job: write the cells of our own file again, from memory, each with its format."""
    app, folder = a_month(receipts)
    sheets = _cells(_build(app, folder))
    return partial(_write, sheets, folder / "bare.xlsx")


def _cells(path: Path) -> dict[str, list[list[Cell]]]:
    book = load_workbook(path)
    return {
        sheet.title: [[(c.value, c.number_format, c.data_type) for c in row] for row in sheet]
        for sheet in book
    }


def _write(sheets: dict[str, list[list[Cell]]], path: Path) -> None:
    book = Workbook(write_only=True)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            cells: list[WriteOnlyCell | None] = []
            for value, number_format, data_type in row:
                if value is None:
                    cells.append(None)
                    continue
                cell = WriteOnlyCell(sheet, value=value)
                cell.data_type, cell.number_format = data_type, number_format
                cells.append(cell)
            sheet.append(cells)
    book.save(path)


def statements(job: Callable[[], object]) -> int:
    with Statements() as counted:
        job()
    return counted.count


def measure() -> list[Row]:
    """Measure a month of some ten thousand journal lines and return the row of the report."""
    found = in_turn({"limit": bare, "ours": ours}, rounds=5, warm_up=1)
    return [
        Row("month's workbook", found["ours"], found["limit"], 1.3, statements(ours(200))),
    ]


if __name__ == "__main__":
    for row in measure():
        print(row.plain())
