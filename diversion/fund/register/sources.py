"""Lead from an entry to the paper it comes from, as far as the person may open it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import url_for

from diversion.core.words import Sentence, _
from diversion.fees import queries as fees
from diversion.fund.deposits import queries as deposits
from diversion.ledger.accounts import IN_TRANSIT
from diversion.ledger.events import Event
from diversion.ledger.journal import EntryFacts
from diversion.staff.models import Staff
from diversion.staff.permissions import Permission


@dataclass(frozen=True)
class Papers:
    """Under which addresses papers stand for one person; empty where they are closed."""

    receipts: str
    deposits: str
    accounts: Mapping[str, str]

    def of(self, event: Event, receipt: str, document: str) -> str:
        """Return the address of the paper behind an entry, or nothing."""
        if receipt or event is Event.VOID_RECEIPT:
            return f"{self.receipts}/{receipt or document}"
        if event is Event.DEPOSIT:
            return f"{self.deposits}/{document}"
        return self.accounts.get(document, "")


def papers_for(staff: Staff, rows: Iterable[Any]) -> Papers:
    """Return the papers behind entries, which have `event` and `doc`: one statement at most."""
    charged = {row.doc for row in rows if row.event is Event.ASSESS}
    open_ = charged if staff.may(Permission.FEE_READ) else set()
    accounts = {
        handle: url_for("fees.accounts.show", number=number)
        for handle, number in fees.numbers_by_handle(open_).items()
    }
    return Papers(url_for("fees.receipts.show_all"), url_for("fund.deposits.start"), accounts)


def sources_of(entry: EntryFacts, staff: Staff) -> list[tuple[Sentence, str]]:
    """Return what an entry was posted for, as words and address."""
    subs = [line.sub for line in entry.lines if line.account == IN_TRANSIT]
    found = [
        (_("Deposit {number}", number=row.number), url_for("fund.deposits.show", number=row.number))
        for row in deposits.numbers_of(subs)
    ]
    if entry.event is Event.DEPOSIT:
        return found
    paper = papers_for(staff, [entry]).of(entry.event, entry.receipt or "", entry.doc)
    if paper:
        found.append((_source(entry), paper))
    return found


def _source(entry: EntryFacts) -> Sentence:
    if entry.event is Event.ASSESS:
        return _("The account that was charged")
    return _("Receipt {number}", number=entry.receipt or entry.doc)
