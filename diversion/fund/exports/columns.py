"""Say which columns each sheet of the month's workbook has."""

from diversion.core.workbooks.sheets import Column, Kind

W, M, D = Kind.WHOLE, Kind.MONEY, Kind.DAY
TRIAL_BALANCE = (
    Column("Account", W, 9), Column("Name", width=34), Column("Class", width=7),
    Column("Group", width=7), Column("Opening", M, 15), Column("Debits", M, 15),
    Column("Credits", M, 15), Column("Closing", M, 15), Column("County GL string", width=24),
)  # fmt: skip
JOURNAL = (
    Column("Entry", W, 9), Column("Line", W, 6), Column("Effective date", D, 13),
    Column("Posted (UTC)", Kind.INSTANT, 19), Column("Period", W, 9), Column("Event", width=22),
    Column("Document no.", width=16), Column("Account", W, 9), Column("Account name", width=32),
    Column("Sub key", W, 9), Column("Participant no.", width=14), Column("Earmark", W, 9),
    Column("Debit", M, 14), Column("Credit", M, 14), Column("Amount cents", W, 13),
    Column("Entered by", width=18), Column("Approved by", width=18), Column("Reverses", W, 9),
    Column("Reversed by", W, 11), Column("Entry hash (16)", width=19),
)  # fmt: skip
RECEIPTS = (
    Column("Receipt no.", width=16), Column("No. in series", W, 12), Column("Date", D, 12),
    Column("Time", width=9), Column("Participant no.", width=14), Column("Paid by", width=11),
    Column("Purpose", width=24), Column("Mode", width=12), Column("Check/ref no.", width=16),
    Column("Amount", M, 13), Column("Applied to fee", M, 14), Column("Credit", M, 12),
    Column("Cashier", width=18), Column("Drawer", width=13), Column("Deposit no.", width=14),
    Column("Deposit date", D, 12),
    Column("Days to deposit", W, 14), Column("Status", width=10), Column("Voided by", width=18),
    Column("Void date", D, 12), Column("Entry", W, 9),
)  # fmt: skip
DEPOSITS = (
    Column("Deposit no.", width=14), Column("Date", D, 12), Column("Prepared by", width=18),
    Column("Confirmed by", width=18), Column("Cash", M, 13), Column("Checks", M, 13),
    Column("Money orders", M, 13), Column("Total", M, 14), Column("Receipts n", W, 10),
    Column("First", width=16), Column("Last", width=16), Column("Bank date", D, 12),
    Column("Bank ref", width=16), Column("Difference", M, 13), Column("Status", width=12),
    Column("Entry", W, 9),
)  # fmt: skip
RECEIVABLES = (
    Column("Participant no.", width=14), Column("Obligation", W, 11), Column("Charged", M, 14),
    Column("Waived", M, 14), Column("Paid", M, 14), Column("Refunded", M, 14),
    Column("Balance", M, 14),
    Column("Current", M, 13), Column("1–30", M, 13), Column("31–60", M, 13),
    Column("61–90", M, 13), Column(">90", M, 13), Column("Next due", D, 12),
    Column("Plan status", width=12), Column("Last payment", D, 13),
)  # fmt: skip
