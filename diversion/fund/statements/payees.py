"""Build the report of what was paid, by kind of payee and purpose; few survivors are not shown."""

from typing import Any

from diversion.core.money import Money
from diversion.core.words import _
from diversion.core.workbooks.sheets import Kind
from diversion.fund.disclosure import people, queries, rules
from diversion.fund.disclosure.rules import Cell
from diversion.fund.statements.report import Column, Question, Report, Row

PAYEES = (Column(_("Paid to, and for"), width=44), Column(_("Amount"), Kind.MONEY))
HIDDEN = _("not shown")


def by_payee(asked: Question) -> Report:
    """Return what went out, by kind of payee, then what was paid by purpose."""
    days = (asked.wanted.first, asked.wanted.last)
    spent = queries.spent(*days, up_to=asked.wanted.up_to)
    accounts = queries.by_account(*days, up_to=asked.wanted.up_to)
    found = rules.outgo(spent, accounts, people.behind)
    rows = [
        *map(_row, found.payees), _row(found.out, strong=True),
        *map(_row, found.aims), _row(found.paid, strong=True),
    ]  # fmt: skip
    off = found.out.amount - Money.total(cell.amount for cell in found.payees)
    return Report(PAYEES, rows, ((_("Went out, less its parts"), off),))


def _row(cell: Cell, *, strong: bool = False) -> Row:
    shown: Any = cell.amount if cell.is_shown else HIDDEN
    return Row((cell.name, shown), strong=strong)
