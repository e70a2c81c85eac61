"""Write the journal as CSV, with all that the chain of hashes covers, and its control totals.

The auditor's variant is byte-true, so that a script can compute the chain again;
the one for spreadsheets keeps text from being taken for a formula.
"""

import csv
import json
from collections import Counter
from collections.abc import Callable
from datetime import UTC
from io import TextIOWrapper
from pathlib import Path
from typing import Any

from diversion.core import digests
from diversion.core.money import Money
from diversion.core.workbooks.packing import BEGINNING, stamped_zip
from diversion.core.workbooks.writing import BYTE_ORDER_MARK, csv_text
from diversion.fund.exports.control import about
from diversion.fund.exports.journal_rows import JournalRow, journal_rows
from diversion.ledger import extracts
from diversion.ledger.extracts import Range
from diversion.ledger.journals.queries import openings
from diversion.ledger.queries import Head

COLUMNS = (
    "entry", "line", "effective_date", "posted_utc", "period", "event", "document", "account",
    "account_name", "group", "sub_key", "participant", "earmark", "debit", "credit",
    "amount_cents", "entered_by", "approved_by", "reverses", "reversed_by", "key",
    "request_hash", "doc", "actor", "approver", "memo_hash", "lines", "total_cents", "prev",
    "hash",
)  # fmt: skip
SCRIPT = Path(__file__).with_name("standalone.py")


def write(path: Path, wanted: Range, head: Head, name: str, *, spreadsheet: bool) -> int:
    """Write a zip with the journal and its control totals; return how many lines there are.

    `name` is that of the members, without an ending.
    """
    plain = path.with_suffix(".csv")
    totals = _journal(plain, wanted, csv_text if spreadsheet else str, mark=spreadsheet)
    control = {
        **totals, "chain_hash": head.hash, "sha256_of_csv": digests.of_file(plain),
        **_balances(wanted), "about": dict(about(wanted, head)),
    }  # fmt: skip
    with stamped_zip(path, head.posted_at or BEGINNING) as packed:
        packed.write(plain, f"{name}.csv")
        packed.writestr(f"{name}.control.json", json.dumps(control, indent=1) + "\n")
        if not spreadsheet:
            packed.write(SCRIPT, "verify.py")
    plain.unlink()
    return totals["rows"]


def _balances(wanted: Range) -> dict[str, Any]:
    """Return what the script compares: where accounts begin and end, in cents, and receipts.

    `whole` says that every entry up to the last one is here, so that none may be missing.
    """
    return {
        "whole": extracts.sums(wanted).entries == wanted.up_to,
        "openings": openings(wanted),
        "closings": {code: money.cents for code, money in extracts.closings(wanted).items()},
        "series": {prefix: [n, low, high] for prefix, n, low, high in extracts.series(wanted)},
    }


def _journal(
    path: Path, wanted: Range, said: Callable[[str], str], *, mark: bool
) -> dict[str, int]:
    sums: Counter[str] = Counter(rows=0, debits_cents=0, credits_cents=0)
    first = last = 0
    with path.open("wb") as raw, TextIOWrapper(raw, "utf-8", newline="") as page:
        page.write(BYTE_ORDER_MARK if mark else "")
        writer = csv.writer(page, lineterminator="\r\n")
        writer.writerow(COLUMNS)
        for line in journal_rows(wanted):
            writer.writerow(said(cell) if isinstance(cell, str) else cell for cell in _row(line))
            sums["rows"] += 1
            sums["debits_cents"] += line.debit.cents
            sums["credits_cents"] += line.credit.cents
            first, last = first or line.row.entry_id, line.row.entry_id
    return {**sums, "first_entry": first, "last_entry": last}


def _row(line: JournalRow) -> tuple[object, ...]:
    r = line.row
    return (
        r.entry_id, r.line, r.effective_on.isoformat(),
        r.posted_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"), r.period, str(r.event.value),
        line.document, r.account, r.name, str(r.grp.value), r.sub, line.participant, r.earmark,
        _dollars(line.debit), _dollars(line.credit), r.cents, line.entered_by, line.approved_by,
        r.reverses, r.reversed_by, r.key, r.request_hash, r.doc, r.actor, r.approver,
        r.memo_hash, r.lines, r.total, r.prev, r.hash,
    )  # fmt: skip


def _dollars(amount: Money) -> object:
    return amount.plain() if amount else None
