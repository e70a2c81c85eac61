"""Tell whoever opens the workbook what its columns mean and how to check it."""

from openpyxl import Workbook

from diversion.core.workbooks.sheets import Column, Sheet

LINES = (
    ("What this is", "The ledger of the Human Trafficking Account for the days on sheet Control."),
    ("Control", "Every line compares the ledger with formulas over the other sheets. The cell "
     "beside WORKBOOK TIES says TRUE when all agree; if you change a cell, it says FALSE. "
     "A preview may show formulas empty: the column beside them is what the program added up."),
    ("Trial balance", "Opening, debits, credits and closing of each account. Debits are positive."),
    ("Journal", "Every line of every entry, in the order they were sealed. An entry's debits equal "
     "its credits. After a million lines it goes on in Journal 2. Posted entries are "
     "never edited; a correction is a new entry."),
    ("Receipts", "Every receipt given, by number, also those voided since."),
    ("Deposits", "What went to the bank: each receipt once, and whole."),
    ("Receivables aging", "What is owed per fee at the end of the last day, by the age of what is "
     "due. The sum is account 1200. Balance is what was charged, less waived and paid, plus "
     "refunded; a fee that was paid back and is owed no more counts as waived. Plans are those "
     "known when the last entry was posted."),
    ("Adjustments", "Waivers, voids, returned items, refunds, corrections: what somebody else "
     "should look at. A reason is a code; words stay in the program."),
    ("Disbursements", "What was paid, with its voucher and grant. A survivor has no name here."),
    ("Budget", "Each line as it stood on the last day: adopted, promised, spent, available."),
    ("Bank rec", "The newest statement that ends in these days, beside the books, both as they "
     "stood on its last day, then what nobody explained and what no statement showed by then. It "
     "changes when lines of the bank are matched, also without a new entry."),
    ("Bank date, Bank ref, Cleared", "Where a statement of the treasurer shows it, as far as its "
     "lines are matched; before that, what the person who confirmed the deposit read there."),
    ("Drawer", "The cashier's drawer that was open when the receipt was given."),
    ("Periods", "How each month stood, and how often it was opened again."),
    ("Schedule of accountability", "Beginning, what came and went, ending, tied to the cash."),
    ("Statutory fee", "What is held for the state; only where the county takes that fee here. "
     "Remitted date is the day on which the last cent of it was sent on, oldest receipt first."),
    ("Participant no.", "A public number. No file of the ledger holds a name of a participant. "
     "Words about an entry stay in the program, since they may name someone."),
    ("Sub key", "What the account is kept by: a receipt, a deposit, a fee."),
    ("Entry hash (16)", "The start of the entry's hash. A printed receipt carries the same signs."),
    ("Class", "A asset, L liability, D deferred, F fund, R revenue, E expense, B budget."),
    ("Group", "ACT the account, BUD its budget, STF money held for the state. Each sums to zero."),
    ("Made again", "The same days up to the same entry give the same file, byte for byte, as long "
     "as the names of accounts and staff and the program's version stay. Compare the SHA-256 in "
     "the program's list of exports."),
)  # fmt: skip


def fill(book: Workbook, footer: str) -> None:
    sheet = Sheet(
        book, "Read me", (Column("Where", width=22), Column("What", width=110)), footer=footer
    )
    for line in LINES:
        sheet.append(line)
    sheet.close()
