"""Say which entries took receipts from before the books to the bank, and still stand (E42)."""

from sqlalchemy import Select, select

from diversion.core.database import db
from diversion.fees.returned.models import ReturnedItem
from diversion.fund.reconciliation.models import DepositedBefore
from diversion.ledger import facts
from diversion.ledger.accounts import UNDEPOSITED
from diversion.ledger.models import Entry


def standing(up_to: int | None = None) -> Select[int]:
    """Choose the entries that said so and were not turned back, as of an entry."""
    back = select(Entry.reverses).where(Entry.reverses.is_not(None))
    said = select(DepositedBefore.entry)
    if up_to is not None:
        back, said = back.where(Entry.id <= up_to), said.where(DepositedBefore.entry <= up_to)
    return said.where(DepositedBefore.entry.not_in(back))


def may_be_turned_back(entry: int) -> bool:
    """Say whether no bank took any of its receipts back since: then all lie in the drawer again."""
    keys = [line.sub for line in facts.lines_of(entry) if line.account == UNDEPOSITED]
    back = select(ReturnedItem.id).where(
        ReturnedItem.receipt_id.in_(keys), ReturnedItem.entry_number.is_not(None)
    )
    return db.session.scalar(back.limit(1)) is None
