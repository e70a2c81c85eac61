"""Read one workbook or CSV from standard input, poor in memory and time, and answer in JSON.

Started by its command line in a process of its own, so that a hostile file
can exhaust nothing but that process.
"""

import csv
import json
import sys
import warnings
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from io import BytesIO, StringIO
from typing import Any

from openpyxl import load_workbook

from diversion.core.workbooks import package
from diversion.core.workbooks.limits import (
    CHILD_MEMORY,
    CHILD_SECONDS,
    MAX_CELL,
    MAX_COLUMNS,
    MAX_ROWS,
    MAX_TEXT,
    Refusal,
    Why,
)

try:
    import resource
except ImportError:  # not on Windows: there the time limit of the parent stands alone
    resource = None  # type: ignore[assignment]  # (a module, elsewhere)

ZIP = b"PK\x03\x04"
OLD_OFFICE = b"\xd0\xcf\x11\xe0"
DELIMITERS = ",;\t|"
FORMULA_SIGNS = ("=",)

Packed = list[str]
Rows = list[tuple[int, list[Packed]]]


def main() -> None:
    """Answer with the sheets, or with the reason why there are none."""
    _live_poorly()
    warnings.simplefilter("ignore")
    try:
        answer: dict[str, Any] = {"sheets": _sheets(sys.stdin.buffer.read())}
    except Refusal as refusal:
        answer = {"refused": refusal.why.value}
    except MemoryError:
        answer = {"refused": Why.TOO_COSTLY.value}
    except Exception:  # a file of any shape arrives here; the parent says that it is broken
        answer = {"refused": Why.BROKEN.value}
    json.dump(answer, sys.stdout)


def _live_poorly() -> None:
    if resource is None:
        return
    resource.setrlimit(resource.RLIMIT_AS, (CHILD_MEMORY, CHILD_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CHILD_SECONDS, CHILD_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a core file would hold names


def _sheets(content: bytes) -> list[dict[str, Any]]:
    if not content.strip():
        raise Refusal(Why.EMPTY)
    if content.startswith(OLD_OFFICE):
        raise Refusal(Why.OLD_FORMAT)
    if content.startswith(ZIP):
        package.check(content)
        return _of_workbook(content)
    return [{"name": "", "rows": _of_csv(content)}]


def _of_workbook(content: bytes) -> list[dict[str, Any]]:
    book = load_workbook(BytesIO(content), read_only=True, keep_links=False)
    budget = Budget()
    found = []
    for sheet in book.worksheets:
        sheet.reset_dimensions()  # what a sheet says of its own size may be a lie
        found.append({"name": sheet.title, "rows": _rows(sheet.iter_rows(), budget)})
    return found


class Budget:
    """What may still be read: the same text may stand in many cells."""

    def __init__(self) -> None:
        self.rows = MAX_ROWS
        self.text = MAX_TEXT

    def take(self, cells: Sequence[Packed]) -> None:
        self.rows -= 1
        self.text -= sum(len(cell[1]) for cell in cells)
        if self.rows < 0:
            raise Refusal(Why.TOO_MANY_ROWS)
        if self.text < 0:
            raise Refusal(Why.TOO_LARGE)


def _rows(rows: Iterator[Any], budget: Budget) -> Rows:
    kept: Rows = []
    for number, row in enumerate(rows, start=1):
        if number > MAX_ROWS + MAX_ROWS:
            raise Refusal(Why.TOO_MANY_ROWS)
        cells = _trimmed([_packed(cell) for cell in row])
        if cells:
            budget.take(cells)
            kept.append((number, cells))
    return kept


def _trimmed(cells: list[Packed]) -> list[Packed]:
    while cells and cells[-1][0] == "empty":
        cells.pop()
    if len(cells) > MAX_COLUMNS:
        raise Refusal(Why.TOO_MANY_COLUMNS)
    return cells


def _packed(cell: Any) -> Packed:
    value = cell.value
    if value is None or value == "":
        return ["empty", ""]
    if cell.data_type == "f":
        return ["formula", _short(str(getattr(value, "text", value)))]
    if cell.data_type == "e":
        return ["error", _short(str(value))]
    return _typed(value)


def _typed(value: object) -> Packed:
    if isinstance(value, bool):
        return ["flag", "yes" if value else "no"]
    if isinstance(value, int | float):
        return ["number", repr(value)]
    if isinstance(value, datetime):
        whole = value.time() == time()
        return ["date", value.date().isoformat() if whole else value.isoformat(timespec="minutes")]
    if isinstance(value, date):
        return ["date", value.isoformat()]
    return ["text", _short(str(value))]


def _short(text: str) -> str:
    if len(text) > MAX_CELL:
        raise Refusal(Why.CELL_TOO_LONG)
    return text


def _of_csv(content: bytes) -> Rows:
    text = _decoded(content)
    budget = Budget()
    kept: Rows = []
    reader = csv.reader(StringIO(text, newline=""), delimiter=_delimiter(text))
    for values in reader:
        if cells := _trimmed([_from_text(value) for value in values]):
            budget.take(cells)
            kept.append((reader.line_num, cells))
    return kept


def _from_text(value: str) -> Packed:
    if not value.strip():
        return ["empty", ""]
    kind = "formula" if value.lstrip().startswith(FORMULA_SIGNS) else "text"
    return [kind, _short(value)]


def _decoded(content: bytes) -> str:
    """Return the text of a CSV: UTF-8, UTF-16 with a mark, else Windows-1252."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16")
    if b"\0" in content:
        raise Refusal(Why.NOT_A_TABLE)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252")


def _delimiter(text: str) -> str:
    """Return the sign that cuts most of the first lines into equally many parts."""
    lines = text[:20_000].splitlines()[:40]
    best = max(DELIMITERS, key=lambda sign: _evenness(lines, sign))
    return best if _evenness(lines, best) != (0, 0) else ","


def _evenness(lines: list[str], sign: str) -> tuple[int, int]:
    widths = Counter(len(row) for row in csv.reader(lines, delimiter=sign) if len(row) > 1)
    if not widths:
        return 0, 0
    width, lines_of_it = widths.most_common(1)[0]
    return lines_of_it, width


if __name__ == "__main__":
    main()
