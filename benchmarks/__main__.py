"""Run every measurement and print it beside its limit."""

from pathlib import Path

from benchmarks import report, roll, workbook

MEASUREMENTS = (roll.measure, workbook.measure)
RESULT = Path("var/bench.json")


def main() -> None:
    report.show([row for measure in MEASUREMENTS for row in measure()], RESULT)


if __name__ == "__main__":
    main()
