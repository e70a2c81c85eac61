"""Say in accounts what the lines of a statement are (E18, E24 to E26b, E42)."""

from collections.abc import Mapping
from datetime import date

from diversion.core.money import ZERO, Money
from diversion.fees import earmarks
from diversion.fund.reconciliation.models import Meaning
from diversion.ledger import receipts
from diversion.ledger.accounts import TREASURY, UNDEPOSITED
from diversion.ledger.commands import Command, credit, debit
from diversion.ledger.events import Event

BANK_CHARGES, INTEREST, GIFTS = 5040, 4200, 4300
# Event and the account against the cash, which is general money.
SIMPLE: Mapping[Meaning, tuple[Event, int]] = {
    Meaning.CHARGE: (Event.BANK_CHARGE, BANK_CHARGES),
    Meaning.DONATION: (Event.DONATION_DIRECT, GIFTS),
    Meaning.GRANT: (Event.GRANT_IN, GIFTS),
    Meaning.INTEREST: (Event.INTEREST, INTEREST),
    Meaning.TRANSFER_IN: (Event.TRANSFER_IN, GIFTS),
    Meaning.TRANSFER_OUT: (Event.TRANSFER_OUT, GIFTS),
}
GOES_OUT = frozenset({Meaning.CHARGE, Meaning.TRANSFER_OUT, Meaning.RETURNED})
COMES_IN = frozenset(SIMPLE) - GOES_OUT | {Meaning.DEPOSIT}


def simple(meaning: Meaning, amount: Money, doc: str) -> Command:
    """Return the entry of a line that is nothing but itself; `amount` is positive for money in."""
    event, against = SIMPLE[meaning]
    if amount > ZERO:
        return Command(event, [debit(TREASURY, amount), credit(against, amount)], doc=doc)
    return Command(event, [debit(against, -amount), credit(TREASURY, -amount)], doc=doc)


def at_the_bank(keys: list[int], doc: str) -> Command:
    """Return the entry that takes receipts from before the books to the bank, whole (E42)."""
    lines = earmarks.cash_in(earmarks.brought_by(keys))
    lines += [credit(UNDEPOSITED, r.amount, r.id) for r in receipts.of_keys(keys)]
    return Command(Event.DEPOSITED_BEFORE, lines, doc=doc)


def doc_of(handle: str, on: date) -> str:
    """Return what the journal calls a line of a statement."""
    return f"B-{on:%Y%m%d}-{handle}"
