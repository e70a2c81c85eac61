"""Make the general ledger of all accounts, one after the other, as one long table."""

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

from diversion.core.money import ZERO
from diversion.core.release import VERSION
from diversion.core.workbooks import packing
from diversion.core.workbooks.long import LongTable
from diversion.core.workbooks.sheets import Column, Kind, Sheet, new_book
from diversion.fund.statements.general import LEDGER, DoesNotTie, running
from diversion.ledger import by_account, extracts, queries
from diversion.ledger.extracts import Range
from diversion.ledger.queries import Head

COLUMNS = (
    Column("Account", Kind.WHOLE, 9), Column("Name", width=34),
    *(Column(str(each.title), each.kind, each.width) for each in LEDGER),
)  # fmt: skip
ABOUT = (Column("What", width=28), Column("Value", width=70))


def write(path: Path, wanted: Range, head: Head) -> int:
    """Write the workbook to `path` and return how many rows it has. Raises DoesNotTie."""
    with new_book() as book:
        footer = f"Entry {head.number}, {head.hash[:16]}"
        table = LongTable(book, "General ledger", COLUMNS, freeze="C2", footer=footer)
        for row in _rows(wanted):
            table.append(row)
        table.close()
        about = Sheet(book, "About", ABOUT, footer=footer)
        for line in _about(wanted, head):
            about.append(line)
        about.close()
        packing.save(book, path, head.posted_at or packing.BEGINNING)
    return table.rows


def _rows(wanted: Range) -> Iterator[tuple[Any, ...]]:
    """Yield each account: what it began with, its entries, and what it ended with."""
    opened, closed = by_account.openings(wanted), extracts.closings(wanted)
    names = {each.code: each.name for each in queries.accounts()}
    moved = groupby(by_account.every(wanted), lambda row: row.account)
    code, rows = next(moved, (0, iter(())))
    for account in sorted(closed):
        balance, named = opened.get(account, ZERO), (account, names[account])
        began = wanted.first if account in opened else None
        yield *named, began, None, "Carried forward", None, None, None, balance
        if account == code:
            for line in running(balance, rows):
                balance = line.cells[-1]
                yield *named, *line.cells
            code, rows = next(moved, (0, iter(())))
        if balance != closed[account]:
            raise DoesNotTie
        yield *named, wanted.last, None, "Closing balance", None, None, None, balance


def _about(wanted: Range, head: Head) -> list[tuple[str, str]]:
    return [
        ("Report", "General ledger of every account"), ("Fund", "Human Trafficking Account"),
        ("Counts for", f"{wanted.first} to {wanted.last}"), ("As of entry", str(wanted.up_to)),
        ("Hash of it", head.hash),
        ("Posted", f"{head.posted_at:%Y-%m-%d %H:%M:%S} UTC" if head.posted_at else ""),
        ("Program", VERSION),
        ("Balance", "Debits are above zero, credits below. The last balance of each account was "
         "compared with the sum of all its entries."),
    ]  # fmt: skip
