"""Run every measurement, or those that are named, and print each beside its limit."""

import sys
from collections.abc import Callable
from pathlib import Path

from benchmarks import find, report, roll, workbook
from benchmarks.report import Row

MEASUREMENTS: dict[str, Callable[[], list[Row]]] = {
    "find": find.measure,
    "roll": roll.measure,
    "workbook": workbook.measure,
}
RESULT = Path("var/bench.json")


def main(*names: str) -> None:
    rows = [row for name in names or MEASUREMENTS for row in MEASUREMENTS[name]()]
    report.show(rows, RESULT)


if __name__ == "__main__":
    main(*sys.argv[1:])
