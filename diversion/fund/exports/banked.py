"""Say when the bank had what the books say, and under which reference."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from diversion.core.database import db
from diversion.fund.deposits.models import DepositConfirmation, DepositTaking
from diversion.fund.reconciliation.models import BankLine, BankMatch, BankMatchEntry, BankUnmatch


@dataclass(frozen=True)
class Seen:
    """A line of the bank, or what somebody read there."""

    on: date
    reference: str


def seen(entries: Collection[int]) -> dict[int, Seen]:
    """Return where the bank shows entries; a line of a statement goes before a person's word."""
    said = (
        select(DepositConfirmation.entry, DepositTaking.taken_on, DepositTaking.reference)
        .join(DepositTaking, DepositTaking.id == DepositConfirmation.taking_id)
        .where(DepositConfirmation.entry.in_(entries))
    )
    shown = (
        select(
            BankMatchEntry.entry, BankLine.happened_on, BankLine.reference, BankLine.check_number
        )
        .join(BankMatch, BankMatch.id == BankMatchEntry.match_id)
        .join(BankLine, BankLine.id == BankMatch.line_id)
        .outerjoin(BankUnmatch, BankUnmatch.match_id == BankMatch.id)
        .where(BankMatchEntry.entry.in_(entries), BankUnmatch.match_id.is_(None))
    )
    found = {row.entry: Seen(row.taken_on, row.reference) for row in db.session.execute(said)}
    for row in db.session.execute(shown):
        found[row.entry] = Seen(row.happened_on, row.reference or row.check_number)
    return found
