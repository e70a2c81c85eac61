"""Say in sentences which money is late on its way to the bank."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from diversion.core.money import Money
from diversion.core.words import Sentence, _, counted
from diversion.fund.deposits import queries as deposits
from diversion.ledger.commands import Mode
from diversion.ledger.receipts import OpenReceipt, undeposited

# Days after which money on its way is asked about.
LATE = 3
MODES = {
    Mode.CASH: _("cash"),
    Mode.CHECK: _("check"),
    Mode.MONEY_ORDER: _("money order"),
    Mode.CARD: _("card"),
    Mode.UNKNOWN: _("paid in a way nobody wrote down"),
}


@dataclass(frozen=True)
class Break:
    """One difference; `owner` is the number of whoever is to look, `page` and `key` where."""

    sentence: Sentence
    amount: Money
    days: int
    owner: int | None
    page: str
    key: str


def deposits_late(today: date) -> list[Break]:
    return [
        Break(
            _("Deposit {number} is not confirmed by the bank.", number=made.number), amount,
            (today - made.deposited_on).days, made.prepared_by_id, "deposit", made.number,
        )
        for made, amount in deposits.on_their_way()
        if (today - made.deposited_on).days > LATE
    ]  # fmt: skip


def receipts_late(today: date) -> list[Break]:
    lying = undeposited()
    found = [
        Break(
            _("Receipt {number}, {mode}, is in no deposit.", number=r.number, mode=MODES[r.mode]),
            r.amount, (today - r.on).days, r.cashier, "receipt", str(r.entry),
        )
        for r in lying
        if not r.imported and (today - r.on).days > 1
    ]  # fmt: skip
    return found + _before([r for r in lying if r.imported], today)


def _before(lying: Sequence[OpenReceipt], today: date) -> list[Break]:
    """Name the receipts of the time before the books in one line: there may be hundreds."""
    if not lying:
        return []
    sentence = counted(
        "One receipt from before these books is in no deposit.",
        "{count} receipts from before these books are in no deposit.", len(lying),
    )  # fmt: skip
    days = (today - min(r.on for r in lying)).days
    return [Break(sentence, Money.total(r.amount for r in lying), days, None, "before", "")]
