"""Read a treasurer's statement from a table, whatever its columns are called."""

from collections.abc import Mapping, Sequence
from datetime import date

from diversion.core import cells
from diversion.core.cells import Misread
from diversion.core.errors import Invalid
from diversion.core.money import ZERO, Money
from diversion.core.words import _
from diversion.core.workbooks import reading as workbooks
from diversion.core.workbooks.reading import Cell, Row
from diversion.fund.reconciliation.statement import (
    Line,
    NotAStatement,
    Statement,
    check_in,
    made,
    plain,
)

# What banks call their columns, in lower case.
NAMES: Mapping[str, frozenset[str]] = {
    "on": frozenset({"date", "posting date", "posted", "post date", "transaction date"}),
    "words": frozenset({"description", "memo", "details", "transaction", "payee", "name"}),
    "debit": frozenset({"debit", "debits", "withdrawal", "withdrawals", "paid out"}),
    "credit": frozenset({"credit", "credits", "deposit", "deposits", "paid in"}),
    "amount": frozenset({"amount"}),
    "balance": frozenset({"balance", "running balance", "ledger balance"}),
    "check": frozenset({"check number", "check no", "check no.", "check #", "check"}),
    "reference": frozenset({"reference", "ref", "bank reference", "transaction id"}),
}
HEADER_WITHIN = 20


def read(content: bytes, *, today: date) -> Statement:
    """Return the statement in a table. Raises NotAStatement, DoesNotFollow, Unreadable."""
    rows = workbooks.read(content)[0].rows
    place, columns = _header(rows)
    lines = []
    for row in rows[place + 1 :]:
        try:
            line = _line(row, columns, today)
        except (Misread, Invalid) as no:
            told = _("Line {number}: {why}", number=row.number, why=str(no.sentence))
            raise NotAStatement(told) from no
        if line is not None:
            lines.append(line)
    return made(content, lines, today=today)


def _header(rows: Sequence[Row]) -> tuple[int, dict[str, int]]:
    for place, row in enumerate(rows[:HEADER_WITHIN]):
        found: dict[str, int] = {}
        for column, cell in row.filled():
            wanted = " ".join(cell.text.casefold().split())
            for name, names in NAMES.items():
                if wanted in names:
                    found.setdefault(name, column)
        if {"on", "words"} <= found.keys() and {"debit", "credit", "amount"} & found.keys():
            return place, found
    raise NotAStatement


def _line(row: Row, columns: Mapping[str, int], today: date) -> Line | None:
    """Return a line; a row without a date, such as one of totals, is none."""
    on = cells.day(_at(row, columns, "on"), latest=today)
    if on is None:
        return None
    words = plain(cells.text(_at(row, columns, "words")) or "")
    amount = _amount(row, columns)
    if not amount:
        return None
    check = (cells.text(_at(row, columns, "check")) or "").lstrip("0")
    return Line(
        on, words, amount, check[:20] or check_in(words),
        plain(cells.text(_at(row, columns, "reference")) or "")[:60],
        _signed(_at(row, columns, "balance")),
    )  # fmt: skip


def _amount(row: Row, columns: Mapping[str, int]) -> Money:
    if "amount" in columns:
        return _signed(_at(row, columns, "amount")) or ZERO
    came = _signed(_at(row, columns, "credit")) or ZERO
    went = _signed(_at(row, columns, "debit")) or ZERO
    return came - (went if went > ZERO else -went)


def _signed(cell: Cell) -> Money | None:
    """Return an amount that may be less than nothing: -5.00 or (5.00)."""
    written = cells.text(cell)
    if written is None:
        return None
    inner = written.replace(" ", "")
    if inner.startswith("(") and inner.endswith(")"):
        return -Money.parse(inner[1:-1])
    minus = inner.startswith(("-", "$-"))
    bare = cell._replace(text=inner.lstrip("$").lstrip("-"))
    found = cells.money(bare)
    return -found if minus and found is not None else found


def _at(row: Row, columns: Mapping[str, int], name: str) -> Cell:
    return row.at(columns[name]) if name in columns else workbooks.NOTHING
