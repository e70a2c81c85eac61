"""Lead from an entry to the paper it comes from, as far as the person may open it."""

from flask import current_app, url_for

from diversion.core.words import Sentence, _
from diversion.fund.deposits import queries as deposits
from diversion.ledger.accounts import IN_TRANSIT
from diversion.ledger.journal import EntryFacts
from diversion.staff.models import Staff
from diversion.staff.permissions import Permission


def sources_of(entry: EntryFacts, staff: Staff) -> list[tuple[Sentence, str]]:
    """Return what an entry was posted for, as words and address."""
    subs = [line.sub for line in entry.lines if line.account == IN_TRANSIT]
    found = [
        (_("Deposit {number}", number=row.number), url_for("fund.deposits.show", number=row.number))
        for row in deposits.numbers_of(subs)
    ]
    receipt = "fees.receipts.show"
    if entry.receipt and receipt in current_app.view_functions and staff.may(Permission.FEE_READ):
        address = url_for(receipt, number=entry.receipt)
        found.append((_("Receipt {number}", number=entry.receipt), address))
    return found
