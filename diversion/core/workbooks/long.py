"""Write a table that may be longer than one sheet can hold: `Journal`, then `Journal 2`."""

from collections.abc import Sequence
from typing import Any

from openpyxl import Workbook

from diversion.core.workbooks.sheets import Column, Sheet

MOST_ROWS = 1_000_000  # a sheet ends at 1,048,576


class LongTable:
    """A table over as many sheets as it needs; formulas over it name a part of each."""

    def __init__(
        self, book: Workbook, title: str, columns: Sequence[Column], *, freeze: str = "A2",
        footer: str = "", most: int = 0,
    ) -> None:  # fmt: skip
        self.title, self.columns, self.rows = title, columns, 0
        self._book, self._freeze, self._footer = book, freeze, footer
        self._most = most or MOST_ROWS
        self.parts = [self._sheet(title)]

    def _sheet(self, title: str) -> Sheet:
        return Sheet(self._book, title, self.columns, freeze=self._freeze, footer=self._footer)

    def append(self, values: Sequence[Any]) -> None:
        """Write one row, on the next sheet where this one is full."""
        if self.parts[-1].rows == self._most:
            self.parts[-1].close()
            self.parts.append(self._sheet(f"{self.title} {len(self.parts) + 1}"))
        self.parts[-1].append(values)
        self.rows += 1

    def close(self) -> None:
        self.parts[-1].close()

    def ranges(self, title: str) -> str:
        """Return the addresses of a column, as SUM, COUNT, MIN and SUBTOTAL take them."""
        return ",".join(part.range(title) for part in self.parts)

    def sum_ifs(self, title: str, **wanted: str) -> str:
        """Return what a column adds up to where others hold values, such as `Account="1020"`."""
        return "+".join(
            f"SUMIFS({part.range(title)},"
            + ",".join(f"{part.range(name)},{value}" for name, value in wanted.items())
            + ")"
            for part in self.parts
        )

    def count_if(self, title: str, value: str) -> str:
        """Return how many rows hold a value in a column."""
        return "+".join(f"COUNTIF({part.range(title)},{value})" for part in self.parts)
