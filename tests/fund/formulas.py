"""Compute the few shapes of formulas that the workbook uses, from the cells as they stand."""

import re
from collections.abc import Callable
from typing import Any

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

_REFERENCE = re.compile(
    r"(?:'((?:[^']|'')+)'!)?(\$?[A-Z]{1,3}\$?[0-9]+(?::\$?[A-Z]{1,3}\$?[0-9]+)?)"
)


class Calculator:
    """A spreadsheet program in small: reads formulas, never stored results."""

    def __init__(self, book: Workbook) -> None:
        self.book = book
        self.functions: dict[str, Callable[..., Any]] = {
            "AND": lambda cells: all(cells), "COUNT": lambda *areas: len(_all(areas)),
            "COUNTA": lambda cells: sum(value not in (None, "") for value in cells),
            "COUNTIF": lambda cells, wanted: sum(value == wanted for value in cells),
            "MAX": lambda *areas: max(_all(areas), default=0),
            "MIN": lambda *areas: min(_all(areas), default=0),
            "ROUND": lambda value, places: round(value, places),
            "SUBTOTAL": lambda _code, *areas: sum(_all(areas)),
            "SUM": lambda *areas: sum(_all(areas)), "SUMIFS": _sumifs,
        }  # fmt: skip

    def value(self, sheet: Worksheet, address: str) -> Any:
        cell = sheet[address]
        if cell.data_type != "f":
            return cell.value
        text = _REFERENCE.sub(lambda found: f"R({found[1]!r},{found[2]!r})", cell.value[1:])
        text = re.sub(r"(?<![<>=])=(?!=)", "==", text)
        names = {**self.functions, "R": lambda title, area: self._area(sheet, title, area)}
        return eval(text, {"__builtins__": {}}, names)  # noqa: S307 (formulas of the program)

    def _area(self, sheet: Worksheet, title: str | None, area: str) -> Any:
        there = self.book[title] if title else sheet
        cells = area.replace("$", "")
        if ":" not in cells:
            return self.value(there, cells)
        return [self.value(there, cell.coordinate) for row in there[cells] for cell in row]


def _all(areas: tuple[list[Any], ...]) -> list[float]:
    return [value for cells in areas for value in _numbers(cells)]


def _numbers(cells: list[Any]) -> list[float]:
    return [v for v in cells if isinstance(v, int | float) and not isinstance(v, bool)]


def _sumifs(cells: list[Any], *conditions: Any) -> float:
    pairs = list(zip(conditions[::2], conditions[1::2], strict=True))
    return sum(
        value or 0
        for place, value in enumerate(cells)
        if all(column[place] == wanted for column, wanted in pairs)
    )
