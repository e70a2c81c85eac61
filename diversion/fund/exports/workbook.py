"""Make the month's workbook: whatever was sealed up to one entry, in sheets that tie."""

from pathlib import Path
from zoneinfo import ZoneInfo

from diversion.core.workbooks import packing
from diversion.core.workbooks.sheets import Sheet, new_book
from diversion.fund.exports import control, read_me, sheets, standings, unusual
from diversion.fund.exports.control import CONTROL, Book
from diversion.ledger import extracts
from diversion.ledger import unusual as extra
from diversion.ledger.extracts import Range
from diversion.ledger.queries import Head


def write(path: Path, wanted: Range, head: Head, zone: ZoneInfo) -> int:
    """Write the workbook to `path` and return how many journal lines it has.

    `head` is entry `wanted.up_to`; `zone` is the court's. Raises DoesNotTie.
    """
    with new_book() as book:
        footer = f"Entry {head.number}, {head.hash[:16]}"
        first = Sheet(book, "Control", CONTROL, footer=footer)
        made = Book(
            wanted, head, extracts.sums(wanted), extracts.closings(wanted), extracts.series(wanted),
            sheets.trial_balance(book, wanted, footer), sheets.journal(book, wanted, footer),
            sheets.receipts(book, wanted, zone, footer), sheets.deposits(book, wanted, footer),
            sheets.receivables(book, wanted, footer), unusual.adjustments(book, wanted, footer),
            unusual.disbursements(book, wanted, footer),
            standings.accountable(book, wanted, footer), *extra.sums(wanted),
        )  # fmt: skip
        standings.budget(book, wanted, footer)
        standings.bank(book, wanted, footer)
        unusual.periods(book, wanted, footer)
        unusual.statutory(book, wanted, footer)
        control.fill(first, made)
        read_me.fill(book, footer)
        packing.save(book, path, head.posted_at or packing.BEGINNING)
    return made.journal.table.rows
