"""Lead from an entry to the paper it comes from, as far as the person may open it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import url_for

from diversion.core.words import Sentence, _
from diversion.fees import queries as fees
from diversion.fees.applied import queries as credits
from diversion.fund.deposits import queries as deposits
from diversion.fund.orders.papers import MONEY_OUT, paper_at
from diversion.fund.reconciliation import queries as bank
from diversion.ledger.accounts import IN_TRANSIT, TREASURY
from diversion.ledger.events import Event
from diversion.ledger.journal import EntryFacts
from diversion.staff.models import Staff
from diversion.staff.permissions import Permission

# What bears the number of a deposit.
DEPOSIT_EVENTS = frozenset(
    {Event.DEPOSIT, Event.DEPOSIT_CONFIRMED, Event.DEPOSIT_DIFFERENCE, Event.OVER_SHORT}
)
# What bears the handle of a request about a fee.
CHANGES = frozenset({Event.ASSESS_UP, Event.WAIVE, Event.REDUCE, Event.WRITE_OFF, Event.REINSTATE})
# What bears the number of a receipt.
RECEIPT_EVENTS = frozenset(
    {
        Event.CARD_SETTLED, Event.CHARGEBACK, Event.CHARGEBACK_WON, Event.RETURNED_ITEM,
        Event.VOID_RECEIPT,
    }
)  # fmt: skip
REFUND_EVENTS = frozenset({Event.REFUND_APPROVED, Event.REFUND_CREDIT, Event.REFUND_PAID})
CHARGES = frozenset({Event.ASSESS, Event.RETURNED_FEE})
ANY = "2222222222"
CORRECTION, REFUND = "J-", "REFUND-"


@dataclass(frozen=True)
class Papers:
    """Under which addresses papers stand for one person; empty where they are closed."""

    receipts: str
    deposits: str
    bank: str
    accounts: Mapping[str, str]

    def of(self, event: Event, receipt: str, document: str) -> str:
        """Return the address of the paper behind an entry, or nothing."""
        if event in REFUND_EVENTS:
            return f"{self.receipts.removesuffix('receipts')}refunds/{document}"
        if document.startswith(REFUND):
            refund = document.removeprefix(REFUND)
            return f"{self.receipts.removesuffix('receipts')}refunds/{refund}"
        if receipt or event in RECEIPT_EVENTS or _is_placed(event, document):
            return f"{self.receipts}/{receipt or document}"
        if event in DEPOSIT_EVENTS:
            return f"{self.deposits}/{document}"
        if event in MONEY_OUT:
            return paper_at(document)
        if document.startswith(("B-", "UNMATCH-")):
            return f"{self.bank}/{document.rpartition('-')[2]}"
        if document.startswith(CORRECTION):
            return url_for("fund.corrections.show", subject=document)
        if event in CHANGES:
            return url_for("fees.waivers.show", subject=document)
        return self.accounts.get(document, "")


def papers_for(staff: Staff, rows: Iterable[Any]) -> Papers:
    """Return the papers behind entries, which have `event` and `doc`: two statements at most."""
    rows = list(rows)
    charged = {row.doc for row in rows if row.event in CHARGES}
    applied = {row.doc for row in rows if row.event is Event.APPLY}
    found = {}
    if staff.may(Permission.FEE_READ):
        found = fees.numbers_by_handle(charged) | credits.numbers_by_handle(applied)
    accounts = {
        handle: url_for("fees.accounts.show", number=number) for handle, number in found.items()
    }
    lines = url_for("fund.matching.line", handle=ANY).removesuffix(f"/{ANY}")
    return Papers(
        url_for("fees.receipts.show_all"), url_for("fund.deposits.start"), lines, accounts
    )


def sources_of(entry: EntryFacts, staff: Staff) -> list[tuple[Sentence, str]]:
    """Return what an entry was posted for, as words and address."""
    subs = [line.sub for line in entry.lines if line.account == IN_TRANSIT]
    found = [
        (_("Deposit {number}", number=row.number), url_for("fund.deposits.show", number=row.number))
        for row in deposits.numbers_of(subs)
    ]
    if entry.event in DEPOSIT_EVENTS and found:
        return found + _at_the_bank(entry.number)
    if any(line.account == TREASURY and line.credit for line in entry.lines):
        found.append((_("What paid for it"), url_for("fund.trail.entry", number=entry.number)))
    elif entry.receipt:
        found.append((_("What it paid for"), url_for("fund.trail.receipt", number=entry.receipt)))
    found += _at_the_bank(entry.number)
    paper = papers_for(staff, [entry]).of(entry.event, entry.receipt or "", entry.doc)
    if paper and paper not in {address for _words, address in found}:
        found.append((_source(entry), paper))
    return found


def _at_the_bank(entry: int) -> list[tuple[Sentence, str]]:
    """Return the lines of statements that an entry is."""
    return [
        (_("The bank's line"), url_for("fund.matching.line", handle=handle))
        for handle in bank.lines_at(entry)
    ]


_WORDS: Mapping[Event, Sentence] = {
    Event.APPLY: _("The account whose credit was applied"),
    **dict.fromkeys(CHARGES, _("The account that was charged")),
    **dict.fromkeys(REFUND_EVENTS, _("The refund")),
    **dict.fromkeys(CHANGES, _("What was asked and approved")),
}


def _is_placed(event: Event, document: str) -> bool:
    """Say whether it was a receipt's money that was placed; a credit has a handle."""
    return event is Event.APPLY and "-" in document


def _source(entry: EntryFacts) -> Sentence:
    if entry.event in _WORDS and not _is_placed(entry.event, entry.doc):
        return _WORDS[entry.event]
    if entry.event in MONEY_OUT:
        return _("Paper {number}", number=entry.doc)
    if entry.doc.startswith(("B-", "UNMATCH-")):
        return _("The bank's line")
    if entry.doc.startswith(REFUND):
        return _("The refund")
    if entry.doc.startswith(CORRECTION):
        return _("Correction {number}", number=entry.doc)
    return _("Receipt {number}", number=entry.receipt or entry.doc)
