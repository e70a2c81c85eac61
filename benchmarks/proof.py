"""Prove 100,000 entries, and write them as journals, beside hledger reading the same.

Source of the targets: performance.md, section 3, and ledger.md 7.3.
"""

import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from datetime import date
from functools import partial
from pathlib import Path

from flask import Flask

from benchmarks import books
from benchmarks.county import statements
from benchmarks.report import Row
from benchmarks.timing import Job, in_turn
from diversion.core.database import db
from diversion.ledger import queries
from diversion.ledger.extracts import Range
from diversion.ledger.journals import exports
from diversion.ledger.verify import verify

ENTRIES = 100_000
FIRST, LAST = date(2026, 1, 1), date(2026, 10, 31)
CHECK = ("check", "--strict", "ordereddates", "payees")


def proving(entries: int = ENTRIES) -> Job:
    return partial(_prove, _county(entries), entries)


def _prove(app: Flask, entries: int) -> None:
    with app.app_context():
        report = verify()
        db.session.remove()
    if report.findings or report.entries != entries:
        raise RuntimeError(str(report.findings))


def writing(entries: int = ENTRIES) -> Job:
    return partial(_write, _county(entries), Path(tempfile.mkdtemp(prefix="dvbench")))


def _write(app: Flask, folder: Path) -> None:
    with app.app_context():
        wanted = Range(FIRST, LAST, queries.head().number)
        exports.write(folder, wanted, [("Fund", "Human Trafficking Account")])
        db.session.remove()


def hledger(*asked: str) -> Job:
    """Make the limit: hledger asked about the journal of the same entries."""
    folder = Path(tempfile.mkdtemp(prefix="dvbench"))
    _write(_county(ENTRIES), folder)
    command = ["hledger", "-f", str(folder / "fund.journal"), *asked]
    return partial(subprocess.run, command, check=True, capture_output=True)


def _county(entries: int) -> Flask:
    return books.with_entries(entries, FIRST, (LAST - FIRST).days + 1)


def measure() -> Sequence[Row]:
    """Measure both and return the rows of the report; none where there is no hledger."""
    if shutil.which("hledger") is None:
        print("HLEDGER NOT INSTALLED: the proof of 100,000 entries was not measured.")
        return []
    found = in_turn(
        {
            "check": partial(hledger, *CHECK), "verify": proving,
            "bal": partial(hledger, "bal"), "write": writing,
        },
        rounds=3, warm_up=0,
    )  # fmt: skip
    return [
        Row("verify 100,000 entries : hledger", found["verify"], found["check"], 0.3,
            statements(proving(200))),
        Row("journals of 100,000 : hledger", found["write"], found["bal"], 0.3,
            statements(writing(200))),
    ]  # fmt: skip
