"""Answer which money went to the bank, and how it was made up."""

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import BigInteger, Select, case, func, select, type_coerce

from diversion.core import workdays
from diversion.core.database import db
from diversion.core.finding import the_one
from diversion.core.money import Money
from diversion.enrollments.terms.queries import closed_days
from diversion.fund.deposits.models import (
    Deposit,
    DepositCount,
    DepositDraft,
    DepositItem,
    DepositOverShort,
)
from diversion.ledger import queries as ledger
from diversion.ledger import receipts
from diversion.ledger.accounts import IN_TRANSIT
from diversion.ledger.commands import Mode
from diversion.ledger.receipts import OpenReceipt
from diversion.staff.models import Staff

LOOK_BACK = timedelta(days=30)


def deposits(*, in_transit: bool = False) -> Select[*tuple[Any, ...]]:
    """Return a query of the deposits, newest first, with what was in the bag by kind, in cents."""
    open_ = ledger.open_items(IN_TRANSIT).subquery()
    slips = receipts.given().subquery()
    off = func.coalesce(type_coerce(DepositDraft.difference, BigInteger), 0)
    query = (
        select(
            Deposit.number, Deposit.deposited_on, Staff.name, Deposit.entry,
            func.count().label("receipts"), (_of(slips, Mode.CASH) + off).label("cash"),
            _of(slips, Mode.CHECK).label("checks"),
            (func.sum(slips.c.cents) + off).label("total"),
            _of(slips, Mode.MONEY_ORDER).label("money_orders"),
            func.coalesce(open_.c.cents, 0).label("in_transit"),
        )
        .join(Staff, Staff.id == Deposit.prepared_by_id)
        .join(DepositItem, DepositItem.deposit_id == Deposit.id)
        .join(slips, slips.c.id == DepositItem.receipt_id)
        .outerjoin(open_, open_.c.sub == Deposit.id)
        .outerjoin(DepositOverShort, DepositOverShort.deposit_id == Deposit.id)
        .outerjoin(DepositDraft, DepositDraft.id == DepositOverShort.draft_id)
        .group_by(Deposit.id, Staff.name, open_.c.cents, DepositDraft.difference)
        .order_by(Deposit.id.desc())
    )  # fmt: skip
    return query.where(open_.c.cents > 0) if in_transit else query


def _of(slips: Any, mode: Mode) -> Any:
    return func.sum(case((slips.c.mode == mode, slips.c.cents), else_=0))


def deposit(number: str) -> Deposit:
    """Return a deposit by its number. Raises NotYours."""
    return the_one(select(Deposit).where(Deposit.number == number))


def slip(deposit_id: int) -> list[OpenReceipt]:
    """Return the receipts in a deposit, by number."""
    items = select(DepositItem.receipt_id).where(DepositItem.deposit_id == deposit_id)
    return receipts.of_keys(items)


def count_of(deposit_id: int) -> dict[int, int]:
    """Return how the cash was counted: pieces by value in cents, the largest first."""
    query = select(DepositCount.unit, DepositCount.pieces)
    query = query.where(DepositCount.deposit_id == deposit_id).order_by(DepositCount.unit.desc())
    return {row.unit: row.pieces for row in db.session.execute(query)}


def next_number(year: int) -> str:
    """Return the next number of a year; the lock of the ledger is held."""
    used = select(func.count()).select_from(Deposit).where(Deposit.number.like(f"D-{year}-%"))
    return f"D-{year}-{(db.session.scalar(used) or 0) + 1:04d}"


def numbers_of(ids: Collection[int]) -> Sequence[Any]:
    """Return id and number of deposits."""
    if not ids:
        return []
    return db.session.execute(select(Deposit.id, Deposit.number).where(Deposit.id.in_(ids))).all()


def in_transit() -> tuple[int, Money]:
    """Return how many deposits are on their way, and how much is in them."""
    open_ = ledger.open_items(IN_TRANSIT).subquery()
    query = select(func.count(), func.coalesce(func.sum(open_.c.cents), 0)).select_from(open_)
    count, cents = db.session.execute(query).one()
    return count, Money(int(cents))


def in_transit_of(deposit_id: int) -> Money:
    """Return what is on its way of one deposit: all of it, or nothing."""
    return ledger.balance(IN_TRANSIT, deposit_id)


def receipts_in(deposit_id: int) -> list[int]:
    """Return the keys of the receipts in a deposit."""
    query = select(DepositItem.receipt_id).where(DepositItem.deposit_id == deposit_id)
    return list(db.session.scalars(query.order_by(DepositItem.receipt_id)))


def hands_of(deposit: Deposit) -> set[int]:
    """Return who prepared a deposit or took money in it under these books."""
    cashiers = {receipt.cashier for receipt in slip(deposit.id) if not receipt.imported}
    return {deposit.prepared_by_id, *cashiers}


def on_their_way() -> list[tuple[Deposit, Money]]:
    """Return the deposits that the bank has not confirmed, the oldest first."""
    open_ = ledger.open_items(IN_TRANSIT).subquery()
    query = select(Deposit, open_.c.cents).join(open_, open_.c.sub == Deposit.id)
    return [(row[0], Money(int(row[1]))) for row in db.session.execute(query.order_by(Deposit.id))]


def due_from(today: date) -> date:
    """Return the day before `today` on which the office last worked: older money is late."""
    return workdays.before(today, closed_days(today - LOOK_BACK, today))
