"""Read a workbook or CSV that someone brings, as typed cells, without trusting it."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from diversion.core.errors import Invalid
from diversion.core.paths import PACKAGE
from diversion.core.words import Sentence, _
from diversion.core.workbooks.limits import CHILD_SECONDS, MAX_BYTES, Why

SENTENCES: dict[Why, Sentence] = {
    Why.BROKEN: _("This file can't be opened as a workbook. Save it again as .xlsx or .csv."),
    Why.CELL_TOO_LONG: _("One cell of this file holds more text than a list has. Shorten it."),
    Why.DECLARATION: _("This workbook declares outside content, so it was not opened."),
    Why.EMPTY: _("This file is empty."),
    Why.LINKS: _("This workbook is linked to other files. Save a copy with values only."),
    Why.MACRO: _("This workbook carries programs or embedded objects. Save it as plain .xlsx."),
    Why.NOT_A_TABLE: _("This is neither a workbook nor a text table. Save it as .xlsx or .csv."),
    Why.OLD_FORMAT: _(
        "This is an old or password-protected workbook. Save it as .xlsx without a password."
    ),
    Why.PASSWORD: _("This workbook is protected by a password. Save a copy without one."),
    Why.RATIO: _("This workbook unpacks to far more than it seems, so it was not opened."),
    Why.TOO_COSTLY: _("Reading this file takes too much time or memory. Split it by year."),
    Why.TOO_LARGE: _("This file is larger than 5 MB, or unpacks to more than 50 MB. Split it."),
    Why.TOO_MANY_COLUMNS: _("This file has more than 60 columns. Remove those not needed."),
    Why.TOO_MANY_MEMBERS: _("This workbook has too many parts. Save a copy with fewer sheets."),
    Why.TOO_MANY_ROWS: _("This file has more than 20,000 rows. Split it by year."),
}


class Unreadable(Invalid):
    """A file from outside is small, plain, and a table, or it is not opened."""

    field = "file"

    def __init__(self, why: Why) -> None:
        super().__init__(SENTENCES[why])
        self.why = why


class Kind(StrEnum):
    """What a cell holds."""

    DATE = "date"
    EMPTY = "empty"
    ERROR = "error"
    FLAG = "flag"
    FORMULA = "formula"
    NUMBER = "number"
    TEXT = "text"


class Cell(NamedTuple):
    """One cell: `text` is plain digits of a number, the ISO form of a date, else as written."""

    kind: Kind
    text: str

    def __bool__(self) -> bool:
        return self.kind is not Kind.EMPTY and bool(self.text.strip())


NOTHING = Cell(Kind.EMPTY, "")


@dataclass(frozen=True)
class Row:
    """A row with its number in the file; cells beyond the last filled one are empty."""

    number: int
    cells: tuple[Cell, ...]

    def at(self, column: int) -> Cell:
        return self.cells[column] if column < len(self.cells) else NOTHING

    def filled(self) -> Iterator[tuple[int, Cell]]:
        return ((place, cell) for place, cell in enumerate(self.cells) if cell)


@dataclass(frozen=True)
class Sheet:
    """The filled rows of a sheet; a CSV is one sheet without a name."""

    name: str
    rows: tuple[Row, ...]


def read(content: bytes) -> tuple[Sheet, ...]:
    """Return the sheets of a workbook (.xlsx) or table (.csv, any of the usual kinds).

    Raises Unreadable, with a sentence that says what to do.
    """
    if len(content) > MAX_BYTES:
        raise Unreadable(Why.TOO_LARGE)
    answer = _ask_child(content)
    if why := answer.get("refused"):
        raise Unreadable(Why(str(why)))
    return tuple(_sheet(sheet) for sheet in answer["sheets"])


def _ask_child(content: bytes) -> dict[str, list[dict[str, object]]]:
    command = [sys.executable, "-m", "diversion.core.workbooks.child"]
    try:
        done = subprocess.run(  # noqa: S603 (our own module; the file comes by standard input)
            command, input=content, capture_output=True, timeout=CHILD_SECONDS + 5,
            cwd=PACKAGE.parent, env=_environment(), check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        raise Unreadable(Why.TOO_COSTLY) from error
    if done.returncode != 0:
        raise Unreadable(Why.TOO_COSTLY)
    answer: dict[str, list[dict[str, object]]] = json.loads(done.stdout)
    return answer


def _environment() -> dict[str, str]:
    """The child gets no secret of ours, and openpyxl's guarded XML reader."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "SYSTEMROOT") if name in os.environ}
    return {**kept, "PYTHONIOENCODING": "utf-8", "OPENPYXL_LXML": "False",
            "OPENPYXL_DEFUSEDXML": "True"}  # fmt: skip


def _sheet(packed: dict[str, object]) -> Sheet:
    rows = packed["rows"]
    assert isinstance(rows, list)  # noqa: S101 (our own child's answer)
    return Sheet(
        str(packed["name"]),
        tuple(
            Row(number, tuple(Cell(Kind(kind), text) for kind, text in cells))
            for number, cells in rows
        ),
    )
