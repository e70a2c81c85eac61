"""Fill the sheets of how money stands: by budget line, at the bank, and to account for."""

from openpyxl import Workbook

from diversion.core.money import ZERO, Money
from diversion.core.workbooks.sheets import Column, Kind, Sheet
from diversion.fund.budget.queries import standings
from diversion.fund.exports.sheets import Filled
from diversion.fund.reconciliation.figures import figures
from diversion.fund.statements.cash import accountability
from diversion.fund.statements.report import Question
from diversion.ledger.accounts import CARD_CLEARING, IN_TRANSIT, TREASURY, UNDEPOSITED
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
    """Write the newest statement beside the books, where its last day is one of these."""
    sheet = Sheet(book, "Bank rec", BANK, footer=footer)
    found = figures()
    if found is not None and found.bank is not None and wanted.first <= found.on <= wanted.last:
        lines = Money.total(x.amount for x in found.open_lines if x.happened_on <= found.on)
        for what, amount in (
            ("Statement balance", found.bank),
            ("Less what nobody explained", -lines),
            ("Less what differed before the first statement", -found.gap),
            ("Plus what no statement shows yet", found.outstanding),
            ("Books", found.books),
            ("Difference", found.bank - lines - found.gap + found.outstanding - found.books),
        ):
            sheet.append((what, amount, found.on))
    stands = closings(wanted)
    for what, code in (
        ("Cash with the treasurer, 1020", TREASURY), ("Deposits in transit, 1015", IN_TRANSIT),
        ("Cards not settled, 1030", CARD_CLEARING), ("Not yet deposited, 1010", UNDEPOSITED),
    ):  # fmt: skip
        sheet.append((what, stands.get(code, ZERO), wanted.last))
    sheet.close()


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
