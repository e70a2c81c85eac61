"""Fill the sheets of how money stands: by budget line, at the bank, and to account for."""

from openpyxl import Workbook

from diversion.core.money import ZERO, Money
from diversion.core.workbooks.sheets import Column, Kind, Sheet
from diversion.fund.budget.queries import standings
from diversion.fund.exports.sheets import Filled
from diversion.fund.kinds import event_words
from diversion.fund.reconciliation.month_end import MonthEnd, at_end
from diversion.fund.statements.cash import accountability
from diversion.fund.statements.report import Question
from diversion.ledger.accounts import CARD_CLEARING, CHANGE_FUND, IN_TRANSIT, TREASURY, UNDEPOSITED
from diversion.ledger.extracts import Range, closings

W, M = Kind.WHOLE, Kind.MONEY
BUDGET = (
    Column("Earmark", width=22), Column("Line", width=28), Column("Adopted", M, 14),
    Column("Amended", M, 14), Column("Encumbered", M, 14), Column("Expended", M, 14),
    Column("Available", M, 14), Column("Used, %", W, 9),
)  # fmt: skip
BANK = (Column("What", width=48), Column("Amount", M, 16), Column("Day", Kind.DAY, 12))
ACCOUNTABILITY = (Column("Cash of the account", width=44), Column("Amount", M, 16))
ENDING = "Ending"


def budget(book: Workbook, wanted: Range, footer: str) -> None:
    """Write each line of the budget as it stood on the last day."""
    sheet = Sheet(book, "Budget", BUDGET, footer=footer)
    for line in standings(wanted.last, up_to=wanted.up_to):
        sheet.append(
            (line.earmark_name, line.name, line.adopted, line.amended, line.encumbered,
             line.expended, line.available, line.used)
        )  # fmt: skip
    sheet.close()


def bank(book: Workbook, wanted: Range, footer: str) -> None:
    """Write the newest statement of these days beside the books, as both stood on its last day."""
    sheet = Sheet(book, "Bank rec", BANK, footer=footer)
    found = at_end(wanted)
    if found is not None:
        for what, amount in _figures(found):
            sheet.append((what, amount, found.on))
        for line in found.open_lines:
            number = line.check_number or line.reference
            sheet.append((f"Not explained: line {number}".strip(), line.amount, line.happened_on))
        for row in found.outstanding:
            words = f"On no statement: {event_words(row.event)} {row.doc}".strip()
            sheet.append((words, Money(int(row.cents)), row.on))
    stands = closings(wanted)
    for what, code in (
        ("Cash with the treasurer, 1020", TREASURY), ("Deposits in transit, 1015", IN_TRANSIT),
        ("Cards not settled, 1030", CARD_CLEARING), ("Not yet deposited, 1010", UNDEPOSITED),
        ("Change in the drawers, 1040", CHANGE_FUND),
    ):  # fmt: skip
        sheet.append((what, stands.get(code, ZERO), wanted.last))
    sheet.close()


def _figures(found: MonthEnd) -> list[tuple[str, Money]]:
    """Return the figures from the bank's balance to the books'; the last one is nothing."""
    parts = [-found.lines, -found.gap, -found.later, found.unseen]
    return [
        ("Statement balance", found.bank),
        ("Less what nobody explained", parts[0]),
        ("Less what differed before the first statement", parts[1]),
        ("Less what the books have under a later day", parts[2]),
        ("Plus what no statement showed yet", parts[3]),
        ("Books", found.books),
        ("Difference", Money.total([found.bank, *parts]) - found.books),
    ]


def accountable(book: Workbook, wanted: Range, footer: str) -> Filled:
    """Write beginning, what came and went, and ending; `sums` has the ending."""
    filled = Filled(Sheet(book, "Schedule of accountability", ACCOUNTABILITY, footer=footer))
    report = accountability(Question(wanted, TREASURY))
    for words, amount in (row.cells for row in report.rows):
        said = str(words)
        filled.sheet.append((said, amount))
        if said == ENDING:
            filled.sums[ENDING] += amount.cents
    filled.sheet.close()
    return filled
