"""Build the reports by purpose: earmark balances, and the budget against what was spent."""

from dataclasses import replace
from typing import Any

from diversion.core.money import ZERO, Money
from diversion.core.words import _
from diversion.core.workbooks.sheets import Kind
from diversion.fund.budget import queries as budgets
from diversion.fund.orders.meaning import AVAILABLE, ENCUMBERED
from diversion.fund.statements.report import Column, Question, Report, Row
from diversion.ledger import exceptions, reports, standing
from diversion.ledger import queries as ledger
from diversion.ledger.accounts import BY_CODE, TREASURY
from diversion.ledger.accounts import Kind as Class

INCOME = tuple(code for code, a in BY_CODE.items() if a.kind is Class.REVENUE)
SPENT = tuple(code for code, a in BY_CODE.items() if a.kind is Class.EXPENSE)
M = Kind.MONEY
EARMARKS = (
    Column(_("Earmark"), width=28), Column(_("Income"), M), Column(_("Spending"), M),
    Column(_("With the treasurer"), M), Column(_("Encumbered"), M), Column(_("Free"), M),
)  # fmt: skip
BUDGET = (
    Column(_("Line"), width=28), Column(_("Earmark"), width=20), Column(_("Adopted"), M),
    Column(_("Amended"), M),
    Column(_("Encumbered"), M), Column(_("Expended"), M), Column(_("Available"), M),
    Column(_("Used, %"), Kind.WHOLE, 9),
)  # fmt: skip


def earmark_balances(asked: Question) -> Report:
    """Return what each purpose took in, spent, and has left."""
    wanted = asked.wanted
    income, spent = (reports.by_earmark(wanted, codes) for codes in (INCOME, SPENT))
    cash, held = (_standing(asked, code) for code in (TREASURY, ENCUMBERED))
    rows = [
        Row((name, -income.get(n, ZERO), spent.get(n, ZERO), cash.get(n, ZERO),
             -held.get(n, ZERO), cash.get(n, ZERO) + held.get(n, ZERO)))
        for n, name in ledger.earmarks().items()
    ]  # fmt: skip
    sums = tuple(Money.total(row.cells[place] for row in rows) for place in range(1, 6))
    rows.append(Row((_("All"), *sums), strong=True))
    whole = Money.total(cash.values())
    return Report(EARMARKS, rows, ((_("With the treasurer, less its earmarks"), whole - sums[2]),))


def budget(asked: Question) -> Report:
    """Return what each line was given, promised and spent, and what is available.

    Of a year that was closed it is what stood before its end, when the budget lapsed.
    """
    end = exceptions.year_end_on(asked.wanted.last)
    is_over = 0 < end <= asked.wanted.up_to
    if is_over:
        asked = replace(asked, wanted=replace(asked.wanted, up_to=end - 1))
    wanted = asked.wanted
    lines = budgets.standings(wanted.last, up_to=wanted.up_to)
    rows = [_budget_row((each.name, each.earmark_name), each) for each in lines]
    whole = budgets.total(lines)
    if lines:
        said = _("All, before the year ended in entry {entry}", entry=end) if is_over else _("All")
        rows.append(_budget_row((said, ""), whole, strong=True))
    free = Money.total(_standing(asked, AVAILABLE).values())
    return Report(BUDGET, rows, ((_("Available, less account 9010"), whole.available + free),))


def _budget_row(words: tuple[Any, str], each: budgets.Standing, *, strong: bool = False) -> Row:
    sums = (each.adopted, each.amended, each.encumbered, each.expended, each.available, each.used)
    return Row((*words, *sums), strong=strong)


def _standing(asked: Question, code: int) -> dict[int, Money]:
    found: dict[int, Money] = {}
    for line in standing.on(asked.wanted.last, accounts=(code,), up_to=asked.wanted.up_to):
        found[line.earmark] = found.get(line.earmark, ZERO) + Money(line.cents)
    return found
