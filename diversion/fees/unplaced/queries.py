"""Find money without an account."""

from typing import Any

from sqlalchemy import Select, func, select

from diversion.core.database import db
from diversion.core.finding import the_one
from diversion.core.money import Money
from diversion.fees.unplaced.models import Identification, UnplacedReceipt, UnplacedReturn
from diversion.ledger import queries as ledger
from diversion.ledger import receipts
from diversion.ledger.accounts import SUSPENSE
from diversion.ledger.commands import Mode
from diversion.staff.approvals.models import Matter
from diversion.staff.approvals.queries import waiting_about
from diversion.staff.models import Staff


def receipt(number: str) -> UnplacedReceipt:
    """Return a receipt without an account by its number. Raises NotYours."""
    query = select(UnplacedReceipt).where(UnplacedReceipt.number == number)
    return the_one(query)


def by_key(receipt_id: int) -> UnplacedReceipt:
    return db.session.get_one(UnplacedReceipt, receipt_id)


def is_here(number: str) -> bool:
    """Say whether a number was given to money without an account."""
    query = select(UnplacedReceipt.id).where(UnplacedReceipt.number == number)
    return db.session.scalar(query) is not None


def identification(handle: str) -> Identification:
    """Return what was said about a receipt, by its handle. Raises NotYours."""
    query = select(Identification).where(Identification.handle == handle)
    return the_one(query)


def said_of(receipt_id: int) -> list[Identification]:
    """Return what was said about a receipt, newest first."""
    query = select(Identification).where(Identification.receipt_id == receipt_id)
    return list(db.session.scalars(query.order_by(Identification.id.desc())))


def returns_of(receipt_id: int) -> list[UnplacedReturn]:
    """Return what was said of a receipt's return, newest first."""
    query = select(UnplacedReturn).where(UnplacedReturn.receipt_id == receipt_id)
    return list(db.session.scalars(query.order_by(UnplacedReturn.id.desc())))


def returned(handle: str) -> UnplacedReturn:
    """Return what was said of a return, by its handle. Raises NotYours."""
    query = select(UnplacedReturn).where(UnplacedReturn.handle == handle)
    return the_one(query)


def waiting_return(receipt_id: int) -> UnplacedReturn | None:
    """Return of a receipt's returns the one that waits for a second person."""
    found = returns_of(receipt_id)
    return next((x for x in found if waiting_about(Matter.UNPLACED_RETURN, x.handle)), None)


def is_placed(found: UnplacedReceipt) -> bool:
    """Say whether the money of a receipt stands on an account by now."""
    return any(each.entry_number for each in said_of(found.id))


def may_return(found: UnplacedReceipt) -> bool:
    """Say whether a bank can have returned it: no cash, not void, with the treasurer, not back."""
    if found.mode is Mode.CASH or found.void_entry is not None or is_placed(found):
        return False
    back = any(each.entry_number for each in returns_of(found.id))
    return not back and receipts.is_at_bank(found.id)


def waiting_of(receipt_id: int) -> Money:
    """Return what of a receipt nobody has placed yet: all of it, or nothing."""
    return -ledger.balance(SUSPENSE, receipt_id)


def listed(*, open_only: bool = False) -> Select[*tuple[Any, ...]]:
    """Return receipts without an account as light rows, newest first; `cents` are not placed."""
    items = ledger.open_items(SUSPENSE).subquery()
    query = (
        select(
            UnplacedReceipt.number, UnplacedReceipt.kind, UnplacedReceipt.taken_on,
            UnplacedReceipt.amount, UnplacedReceipt.mode, UnplacedReceipt.reference,
            UnplacedReceipt.voided_on, Staff.name.label("cashier"),
            func.coalesce(-items.c.cents, 0).label("cents"),
        )
        .join(Staff, Staff.id == UnplacedReceipt.taken_by_id)
        .outerjoin(items, items.c.sub == UnplacedReceipt.id)
        .order_by(UnplacedReceipt.id.desc())
    )  # fmt: skip
    return query.where(items.c.cents < 0) if open_only else query
