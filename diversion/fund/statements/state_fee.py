"""Build the report of the state's fee: charged, taken, sent on and outstanding, by month."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from diversion.core.money import Money
from diversion.core.words import _
from diversion.core.workbooks.sheets import Kind
from diversion.fees.state import counted
from diversion.fees.state.models import Noted
from diversion.fund.chart.rules import STATE
from diversion.fund.statements.report import Column, Question, Report, Row
from diversion.ledger import queries as ledger
from diversion.ledger import standing, unusual
from diversion.ledger.accounts import STATUTORY_DUE
from diversion.ledger.events import Event
from diversion.web.filters import month_name

M = Kind.MONEY
COLUMNS = (
    Column(_("Month"), width=18), Column(_("Charged"), M), Column(_("Paid to the court"), M),
    Column(_("Waived by the court"), M), Column(_("Taken here"), M),
    Column(_("Void or returned"), M), Column(_("Sent on"), M), Column(_("Still owed"), M),
    Column(_("Held and due"), M),
)  # fmt: skip
CHARGED, PAID, WAIVED, TAKEN, BACK, SENT = range(6)
OF_NOTE = {Noted.PAID: PAID, Noted.WAIVED: WAIVED}
OF_EVENT = {
    Event.STF_RECEIPT: TAKEN, Event.STF_VOID: BACK, Event.STF_RETURNED: BACK, Event.STF_REMIT: SENT,
}  # fmt: skip
BEGINNING = date(1900, 1, 1)


def collected(asked: Question) -> Report:
    """Return what came and went in each month of the days, and what stands at its end.

    A month that the days cut counts the days of it that are asked about.
    """
    wanted = asked.wanted
    before, sums = _sums(asked)
    owed, due = _owed(before), _due(before)
    nothing = (None,) * 6
    rows = [Row((_("Carried forward"), *nothing, Money(owed), Money(due)), strong=True)]
    inside = [0] * 6
    for month in sorted(sums):
        cells = sums[month]
        owed, due = owed + _owed(cells), due + _due(cells)
        inside = [a + b for a, b in zip(inside, cells, strict=True)]
        rows.append(Row((_name(month), *map(Money, cells), Money(owed), Money(due))))
    rows.append(Row((_("All"), *map(Money, inside), Money(owed), Money(due)), strong=True))
    held = standing.on(wanted.last, accounts=STATE, up_to=wanted.up_to)
    books = -sum(line.cents for line in held if line.account == STATUTORY_DUE)
    cash = sum(line.cents for line in held if line.account != STATUTORY_DUE)
    return Report(COLUMNS, rows, (
        (_("Held and due, less account 7300"), Money(due - books)),
        (_("Drawer, way and treasurer, less account 7300"), Money(cash - books)),
    ))  # fmt: skip


def _sums(asked: Question) -> tuple[list[int], dict[int, list[int]]]:
    """Return the cents by column before the first day, and by month from it to the last."""
    before, sums = [0] * 6, defaultdict[int, list[int]](lambda: [0] * 6)
    for on, column, cents in _moves(asked):
        cells = before if on < asked.wanted.first else sums[on.year * 100 + on.month]
        cells[column] += cents
    return before, sums


def _moves(asked: Question) -> Iterable[tuple[date, int, int]]:
    """Yield the day, the column and the cents of all that happened up to the last day."""
    wanted = asked.wanted
    for on, amount in counted.charged(wanted.last):
        yield on, CHARGED, amount.cents
    for on, kind, amount in counted.noted(wanted.last, ledger.known_at(wanted.up_to)):
        yield on, OF_NOTE[kind], amount.cents
    for row in unusual.held_for_others(replace(wanted, first=BEGINNING)):
        column = OF_EVENT[row.event]
        yield row.effective_on, column, int(row.due) * (1 if column == TAKEN else -1)


def _owed(cells: list[int]) -> int:
    return cells[CHARGED] - cells[PAID] - cells[WAIVED] - cells[TAKEN] + cells[BACK]


def _due(cells: list[int]) -> int:
    return cells[TAKEN] - cells[BACK] - cells[SENT]


def _name(month: int) -> str:
    return month_name(date(month // 100, month % 100, 1))
