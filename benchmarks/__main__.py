"""Run every measurement, or those that are named, and print each beside its limit."""

import sys
from collections.abc import Callable
from pathlib import Path

from benchmarks import (
    baseline,
    clerks,
    find,
    people,
    posting,
    posting_postgresql,
    proof,
    receipt,
    report,
    roll,
    workbook,
)
from benchmarks.report import Row

MEASUREMENTS: dict[str, Callable[[], list[Row]]] = {
    "clerks": clerks.measure,
    "find": find.measure,
    "people": people.measure,
    "posting": posting.measure,
    "posting-postgresql": posting_postgresql.measure,
    "proof": proof.measure,
    "receipt": receipt.measure,
    "roll": roll.measure,
    "workbook": workbook.measure,
}
RESULT = Path("var/bench.json")


def main(*words: str) -> int:
    """Measure what is named, or all; `--keep` makes it the baseline. Return 1 if one fails."""
    names = [word for word in words if word != "--keep"] or list(MEASUREMENTS)
    measured = report.show([row for name in names for row in MEASUREMENTS[name]()], RESULT)
    if "--keep" in words:
        baseline.keep(measured)
    return int(baseline.compare(measured))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
