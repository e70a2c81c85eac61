"""Lead from an entry to the paper it comes from, as far as the person may open it."""

from dataclasses import dataclass

from flask import current_app, url_for

from diversion.core.words import Sentence, _
from diversion.fund.deposits import queries as deposits
from diversion.ledger.accounts import IN_TRANSIT
from diversion.ledger.events import Event
from diversion.ledger.journal import EntryFacts
from diversion.staff.models import Staff
from diversion.staff.permissions import Permission

RECEIPTS = "fees.receipts.show"


@dataclass(frozen=True)
class Papers:
    """Under which addresses papers stand for one person; empty where they are closed."""

    receipts: str
    deposits: str

    def of(self, event: Event, receipt: str, document: str) -> str:
        """Return the address of the paper behind an entry, or nothing."""
        if receipt:
            return f"{self.receipts}/{receipt}" if self.receipts else ""
        return f"{self.deposits}/{document}" if event is Event.DEPOSIT else ""


def papers_for(staff: Staff) -> Papers:
    is_open = RECEIPTS in current_app.view_functions and staff.may(Permission.FEE_READ)
    receipts = url_for(RECEIPTS, number="0").removesuffix("/0") if is_open else ""
    return Papers(receipts, url_for("fund.deposits.start"))


def sources_of(entry: EntryFacts, staff: Staff) -> list[tuple[Sentence, str]]:
    """Return what an entry was posted for, as words and address."""
    subs = [line.sub for line in entry.lines if line.account == IN_TRANSIT]
    found = [
        (_("Deposit {number}", number=row.number), url_for("fund.deposits.show", number=row.number))
        for row in deposits.numbers_of(subs)
    ]
    receipt = papers_for(staff).of(entry.event, entry.receipt or "", "") if entry.receipt else ""
    if receipt:
        found.append((_("Receipt {number}", number=entry.receipt), receipt))
    return found
