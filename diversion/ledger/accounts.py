"""Hold the chart of accounts; codes are fixed, names and county strings may be edited."""

from dataclasses import dataclass
from enum import StrEnum


class Group(StrEnum):
    """Accounts that must balance among themselves: no entry carries value from one to another."""

    ACTUAL = "ACT"
    BUDGET = "BUD"
    STATUTORY = "STF"


class Kind(StrEnum):
    """The class of an account, as a bookkeeper reads it."""

    ASSET = "A"
    LIABILITY = "L"
    DEFERRED = "D"
    FUND = "F"
    REVENUE = "R"
    EXPENSE = "E"
    BUDGET = "B"


@dataclass(frozen=True)
class Account:
    """A place where money stands.

    `sgn`: +1 its debit balance, -1 its credit balance can't go below zero, 0 free.
    `sub`: what its sub-ledger key names; required exactly when not empty.
    """

    code: int
    name: str
    kind: Kind
    sgn: int
    sub: str = ""
    earmarked: bool = False
    active: bool = True

    @property
    def group(self) -> Group:
        return {7: Group.STATUTORY, 9: Group.BUDGET}.get(self.code // 1000, Group.ACTUAL)


UNDEPOSITED = 1010
IN_TRANSIT = 1015
TREASURY = 1020
CARD_CLEARING = 1030
RECEIVABLE = 1200
CREDITS = 2100
SUSPENSE = 2400
DEFERRED = 2500
FEES = 4010
RETURNED_FEES = 4020
CHANGE_FUND = 1040
STATUTORY_UNDEPOSITED = 7010
STATUTORY_IN_TRANSIT = 7015
STATUTORY_HELD = 7020
STATUTORY_DUE = 7300

A, L, D, F, R, E, B = Kind
CHART: tuple[Account, ...] = (
    Account(UNDEPOSITED, "Undeposited receipts", A, 1, "receipt"),
    Account(IN_TRANSIT, "Deposits in transit", A, 1, "deposit"),
    Account(TREASURY, "Cash with county treasurer", A, 1, "", True),
    Account(CARD_CLEARING, "Card clearing", A, 1, "receipt"),
    Account(CHANGE_FUND, "Change fund", A, 1, "drawer", active=False),
    Account(RECEIVABLE, "Participant fees receivable", A, 1, "obligation"),
    Account(1210, "Returned items receivable", A, 1, "obligation", active=False),
    Account(1400, "Advances to grantees", A, 1, "grant", True),
    Account(2010, "Refunds payable", L, -1, "participant"),
    Account(CREDITS, "Participant credits", L, -1, "participant"),
    Account(2200, "Vouchers payable", L, -1, "voucher", True),
    Account(2300, "Unclaimed property", L, -1, "voucher"),
    Account(SUSPENSE, "Suspense, unidentified money", L, -1, "receipt"),
    Account(DEFERRED, "Deferred inflow, unavailable revenue", D, -1, "obligation"),
    Account(3000, "Fund balance, restricted", F, 0, "", True),
    Account(FEES, "Class fees", R, 0, "", True),
    Account(RETURNED_FEES, "Returned-item fees", R, 0, "", True),
    Account(4090, "Cash over and short", R, 0),
    Account(4200, "Interest", R, 0, "", True),
    Account(4300, "Donations, transfers", R, 0, "", True),
    Account(5010, "Direct victim assistance", E, 0, "grant", True),
    Account(5020, "Grants to organizations", E, 0, "grant", True),
    Account(5030, "Payments to government agencies", E, 0, "grant", True),
    Account(5040, "Bank and processor charges", E, 0, "", True),
    Account(STATUTORY_UNDEPOSITED, "Statutory fee, undeposited", A, 1, "receipt", active=False),
    Account(STATUTORY_IN_TRANSIT, "Statutory fee, in transit", A, 1, "deposit", active=False),
    Account(STATUTORY_HELD, "Statutory fee, held by treasurer", A, 1, active=False),
    Account(STATUTORY_DUE, "Statutory fee due to others", L, -1, "remittee", active=False),
    Account(9000, "Budget control", B, 0, "", True),
    Account(9010, "Appropriation available", B, -1, "line", True),
    Account(9020, "Encumbered", B, -1, "grant", True),
    Account(9030, "Expended, budgetary", B, -1, "grant", True),
)
BY_CODE = {account.code: account for account in CHART}
TENDERS = (UNDEPOSITED, CARD_CLEARING, STATUTORY_UNDEPOSITED)
