"""Say which entries are undone where they were made, and not by a correction."""

from diversion.fund.corrections.rules import REVERSIBLE, NotHere
from diversion.fund.reconciliation import before
from diversion.fund.reconciliation import queries as bank
from diversion.fund.reconciliation.carrying import TAKEN_BACK
from diversion.ledger import journal
from diversion.ledger.events import Event
from diversion.ledger.journal import EntryFacts


def is_undone_here(entry: EntryFacts) -> bool:
    """Say whether a correction may turn an entry back.

    What is a line of the bank is first taken off that line; what turned back the work
    of another room, such as a match or a refund, is that room's. That receipts from before
    the books were deposited is said by a paper of the bank, which nothing there takes back.
    """
    if entry.event is Event.DEPOSITED_BEFORE:
        return before.may_be_turned_back(entry.number)
    if entry.event not in REVERSIBLE or entry.doc.startswith(TAKEN_BACK):
        return False
    first: EntryFacts | None = entry
    while first is not None and first.reverses:
        first = journal.entry(first.reverses)
    return first is not None and first.event in REVERSIBLE and not bank.lines_at(entry.number)


def check(number: int) -> EntryFacts:
    """Return an entry that a correction may turn back. Raises NotHere."""
    found = journal.entry(number)
    if found is None or not is_undone_here(found):
        raise NotHere
    return found
