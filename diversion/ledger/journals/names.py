"""Name each account for plain-text accounting: fixed paths, unique, none inside another."""

from collections.abc import Mapping

from diversion.ledger.accounts import BY_CODE, Group, Kind

PATHS: Mapping[int, str] = {
    1010: "assets:cash:undeposited receipts",
    1015: "assets:cash:deposits in transit",
    1020: "assets:cash:county treasurer",
    1030: "assets:cash:card clearing",
    1040: "assets:cash:change fund",
    1200: "assets:receivable:participant fees",
    1210: "assets:receivable:returned items",
    1400: "assets:advances to grantees",
    2010: "liabilities:refunds payable",
    2100: "liabilities:participant credits",
    2200: "liabilities:vouchers payable",
    2300: "liabilities:unclaimed property",
    2400: "liabilities:suspense",
    2500: "liabilities:deferred inflows:unavailable revenue",
    3000: "equity:fund balance",
    4010: "revenue:class fees",
    4020: "revenue:returned item fees",
    4090: "revenue:cash over and short",
    4200: "revenue:interest",
    4300: "revenue:donations and transfers",
    5010: "expenses:direct victim assistance",
    5020: "expenses:grants to organizations",
    5030: "expenses:payments to government agencies",
    5040: "expenses:bank and processor charges",
    7010: "assets:statutory fee:undeposited",
    7015: "assets:statutory fee:in transit",
    7020: "assets:statutory fee:held by treasurer",
    7300: "liabilities:statutory fee due",
    9000: "equity:budget:control",
    9010: "equity:budget:available",
    9020: "equity:budget:encumbered",
    9030: "equity:budget:expended",
}
# hledger's letters: asset, liability, equity, revenue, expense.
TYPES: Mapping[Kind, str] = {
    Kind.ASSET: "A", Kind.LIABILITY: "L", Kind.DEFERRED: "L", Kind.FUND: "E", Kind.REVENUE: "R",
    Kind.EXPENSE: "X", Kind.BUDGET: "E",
}  # fmt: skip
FILES: Mapping[Group, str] = {
    Group.ACTUAL: "fund", Group.BUDGET: "budget", Group.STATUTORY: "statutory",
}  # fmt: skip


def of_group(group: Group) -> list[int]:
    """Return the accounts of a file, by code."""
    return [code for code in PATHS if BY_CODE[code].group is group]


def beancount(path: str) -> str:
    """Return a path as beancount writes it, such as `Assets:Cash:County-Treasurer`."""
    parts = path.replace("revenue:", "income:").split(":")
    return ":".join("-".join(word.capitalize() for word in part.split()) for part in parts)
