"""Find bags of the state's money, what is in them, and where they are."""

from typing import Any

from sqlalchemy import Select, func, select

from diversion.core.database import db
from diversion.core.finding import the_one
from diversion.fund.state_deposits.models import (
    StateDeposit,
    StateDepositConfirmation,
    StateDepositCount,
    StateDepositItem,
)
from diversion.ledger import receipts
from diversion.ledger.receipts import OpenReceipt
from diversion.staff.models import Staff


def listed() -> Select[*tuple[Any, ...]]:
    """Return a query of the bags, newest first, with what they hold, in cents."""
    slips = receipts.given().subquery()
    return (
        select(
            StateDeposit.number, StateDeposit.deposited_on, Staff.name,
            func.count().label("receipts"), func.sum(slips.c.cents).label("total"),
            StateDepositConfirmation.taken_on,
        )
        .join(Staff, Staff.id == StateDeposit.prepared_by_id)
        .join(StateDepositItem, StateDepositItem.deposit_id == StateDeposit.id)
        .join(slips, slips.c.id == StateDepositItem.receipt_id)
        .outerjoin(
            StateDepositConfirmation, StateDepositConfirmation.deposit_id == StateDeposit.id
        )
        .group_by(StateDeposit.id, Staff.name, StateDepositConfirmation.taken_on)
        .order_by(StateDeposit.id.desc())
    )  # fmt: skip


def deposit(number: str) -> StateDeposit:
    """Return a bag by its number. Raises NotYours."""
    query = select(StateDeposit).where(StateDeposit.number == number)
    return the_one(query)


def confirmation(deposit_id: int) -> StateDepositConfirmation | None:
    return db.session.get(StateDepositConfirmation, deposit_id)


def slip(deposit_id: int) -> list[OpenReceipt]:
    """Return the receipts in a bag, by number."""
    items = select(StateDepositItem.receipt_id).where(StateDepositItem.deposit_id == deposit_id)
    return receipts.of_keys(items)


def hands_of(found: StateDeposit) -> set[int]:
    """Return who prepared a bag or took money in it."""
    return {found.prepared_by_id, *(each.cashier for each in slip(found.id))}


def count_of(deposit_id: int) -> dict[int, int]:
    """Return how the cash was counted: pieces by value in cents, the largest first."""
    query = select(StateDepositCount.unit, StateDepositCount.pieces)
    query = query.where(StateDepositCount.deposit_id == deposit_id)
    rows = db.session.execute(query.order_by(StateDepositCount.unit.desc()))
    return {row.unit: row.pieces for row in rows}


def next_number(year: int) -> str:
    """Return the next number of a year; the lock of the ledger is held."""
    used = select(func.count()).where(StateDeposit.number.like(f"SD-{year}-%"))
    return f"SD-{year}-{(db.session.scalar(used) or 0) + 1:04d}"
