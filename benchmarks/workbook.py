"""The month's workbook, beside openpyxl's write-only mode writing the same cells and no more.

Source of the target: performance.md, section 3.
"""

import tempfile
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from flask import Flask
from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell

from benchmarks import books
from benchmarks.county import Statements
from benchmarks.report import Row
from benchmarks.timing import Figures, Job, in_turn
from diversion.core.database import db
from diversion.fund.exports import services
from diversion.fund.leaving.models import FileKind

LINES, MANY = 10_000, 100_000
MAY_GROW = 60  # MiB
FIRST, LAST = date(2026, 10, 1), date(2026, 10, 31)
ZONE = ZoneInfo("America/Los_Angeles")
Cell = tuple[object, str, str]


def a_month(lines: int = LINES) -> tuple[Flask, Path]:
    """Make the program on a fresh SQLite database with a month of some `lines` in its journal."""
    app = books.with_entries(lines * 10 // 39, FIRST, LAST.day)
    return app, Path(tempfile.mkdtemp(prefix="dvbench"))


def ours(lines: int = LINES) -> Job:
    app, folder = a_month(lines)
    return partial(_build, app, folder)


def _build(app: Flask, folder: Path) -> Path:
    with app.app_context():
        built = services.make(
            services.as_of(FileKind.WORKBOOK, FIRST, LAST), zone=ZONE, folder=folder
        )
        db.session.remove()
    return built.path


def bare(lines: int = LINES) -> Job:
    """Make the job: write the cells of our own file again, from memory, each with its format."""
    app, folder = a_month(lines)
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
    """Measure a month of ten thousand lines, then whether one of a hundred thousand needs more."""
    found = in_turn({"limit": bare, "ours": ours}, rounds=5, warm_up=1)
    many = in_turn({"ours": partial(ours, MANY)}, rounds=1, warm_up=0)["ours"]
    few = found["ours"]
    return [
        Row("workbook of 10,000 lines", few, found["limit"], 1.3, statements(ours(1_000))),
        Row("workbook of 100,000 : 10,000", many, few, 12),
        Row("its MiB : those of 10,000", _memory(many), _memory(few), _most(few)),
    ]


def _memory(figures: Figures) -> Figures:
    """Return peak memory where times stand, to be printed by the same table."""
    mib = figures.memory_kib / 1024 / 1000
    return Figures([mib], figures.memory_kib, [mib])


def _most(few: Figures) -> float:
    mib = few.memory_kib / 1024
    return round((mib + MAY_GROW) / mib, 2)
