"""Build the reports by purpose: earmark balances, and the budget against what was spent."""

from diversion.core.money import ZERO, Money
from diversion.core.words import _
from diversion.core.workbooks.sheets import Kind
from diversion.fund.statements.report import Column, Question, Report, Row
from diversion.ledger import queries as ledger
from diversion.ledger import reports, standing
from diversion.ledger.accounts import BY_CODE, TREASURY
from diversion.ledger.accounts import Kind as Class
from diversion.ledger.events import Event

AVAILABLE, ENCUMBERED, EXPENDED = 9010, 9020, 9030
FUND_BALANCE = 3000
INCOME = tuple(code for code, a in BY_CODE.items() if a.kind is Class.REVENUE)
SPENT = tuple(code for code, a in BY_CODE.items() if a.kind is Class.EXPENSE)
M = Kind.MONEY
EARMARKS = (
    Column(_("Earmark"), width=28), Column(_("Income"), M), Column(_("Spending"), M),
    Column(_("With the treasurer"), M), Column(_("Encumbered"), M), Column(_("Free"), M),
)  # fmt: skip
BUDGET = (
    Column(_("Earmark"), width=28), Column(_("Adopted"), M), Column(_("Amended"), M),
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
    """Return what was adopted, amended, promised and spent, and what is available."""
    events = (Event.BUDGET_ADOPT, Event.BUDGET_AMEND)
    adopted, amended = (
        reports.by_earmark(asked.wanted, (AVAILABLE,), (event,)) for event in events
    )
    free, held, spent = (_standing(asked, code) for code in (AVAILABLE, ENCUMBERED, EXPENDED))
    names, rows = ledger.earmarks(), []
    for n in sorted({*adopted, *amended, *free, *held, *spent}):
        available, promised, gone = (-each.get(n, ZERO) for each in (free, held, spent))
        whole = (available + promised + gone).cents
        used = (promised + gone).cents * 100 // whole if whole else 0
        rows.append(
            Row((names.get(n, str(n)), -adopted.get(n, ZERO), -amended.get(n, ZERO), promised, gone,
                 available, used))
        )  # fmt: skip
    return Report(BUDGET, rows)


def _standing(asked: Question, code: int) -> dict[int, Money]:
    found: dict[int, Money] = {}
    for line in standing.on(asked.wanted.last, accounts=(code,), up_to=asked.wanted.up_to):
        found[line.earmark] = found.get(line.earmark, ZERO) + Money(line.cents)
    return found
