"""Say what a check of a month is: a title, how many rows stand against it, where they are."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from diversion.core.words import Sentence, _
from diversion.fund.periods.models import Check
from diversion.ledger import queries as ledger
from diversion.ledger.extracts import Range
from diversion.ledger.periods import Month, ends_year

MAY_BE_EXPLAINED = frozenset({Check.SUSPENSE, Check.STATUTORY})
TITLES: Mapping[Check, Sentence] = {
    Check.DEPOSITED: _("All receipts deposited"),
    Check.NUMBERS: _("Receipt numbers without a gap"),
    Check.DRAWERS: _("Drawers closed"),
    Check.CONFIRMED: _("Deposits confirmed by the treasurer"),
    Check.BANK: _("Reconciled with the bank to the cent"),
    Check.SUSPENSE: _("Suspense is empty"),
    Check.WAITING: _("Requests decided"),
    Check.BALANCED: _("Trial balance is zero in every group"),
    Check.PROVED: _("Chain and balances proved"),
    Check.SIGNED: _("Exceptions and open items reviewed"),
    Check.WEEKS: _("Weeks of the small office signed"),
    Check.STATUTORY: _("Statutory fee remitted"),
    Check.YEAR_END: _("Year-end entry posted"),
    Check.BEFORE: _("Time before these books closed"),
}


@dataclass(frozen=True)
class Asked:
    """The month in question, the present day, and the first month of the fiscal year.

    `weekly`: the county has the exceptions signed by the week as well.
    """

    month: Month
    today: date
    year_starts: int
    weekly: bool = False

    @property
    def range(self) -> Range:
        return Range(self.month.first, self.month.last, ledger.head().number)

    @property
    def ends_the_year(self) -> bool:
        return ends_year(self.month, self.year_starts)


@dataclass(frozen=True)
class Outcome:
    """How a check stands; `found` rows stand against it, behind the endpoint."""

    check: Check
    found: int
    words: Sentence
    endpoint: str
    params: Mapping[str, Any] = field(default_factory=dict)
    explained: str = ""

    @property
    def is_done(self) -> bool:
        return not self.found or bool(self.explained)

    @property
    def title(self) -> Sentence:
        return TITLES[self.check]


def account(asked: Asked, code: int) -> dict[str, Any]:
    return {"account": code, **days(asked)}


def days(asked: Asked) -> dict[str, Any]:
    month = asked.month
    return {"from": f"{month.first:%m/%d/%Y}", "to": f"{month.last:%m/%d/%Y}"}
