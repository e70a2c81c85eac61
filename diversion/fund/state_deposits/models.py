"""Keep which bags of the state's fee went to the treasurer: slips of their own (S03, S04)."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from diversion.core.database import Base
from diversion.fund.deposits.models import Bag


class StateDeposit(Bag, Base):
    """Money of the state on its way to the treasurer; its key in the ledger is `id`."""

    __tablename__ = "state_deposit"


class StateDepositItem(Base):
    """A receipt in such a bag; its key alone sees to it that no receipt goes twice."""

    __tablename__ = "state_deposit_item"

    receipt_id: Mapped[int] = mapped_column(
        ForeignKey("state_receipt.id"), primary_key=True, autoincrement=False
    )
    deposit_id: Mapped[int] = mapped_column(ForeignKey("state_deposit.id"), index=True)


class StateDepositCount(Base):
    """How many pieces of one value were in the cash; `unit` is in cents, coins count as 1."""

    __tablename__ = "state_deposit_count"
    __table_args__ = (CheckConstraint("unit > 0 AND pieces > 0", name="counts"),)

    deposit_id: Mapped[int] = mapped_column(ForeignKey("state_deposit.id"), primary_key=True)
    unit: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    pieces: Mapped[int]


class StateDepositConfirmation(Base):
    """That the treasurer has a bag, whole, and who says so."""

    __tablename__ = "state_deposit_confirmation"

    deposit_id: Mapped[int] = mapped_column(
        ForeignKey("state_deposit.id"), primary_key=True, autoincrement=False
    )
    taken_on: Mapped[date]
    reference: Mapped[str] = mapped_column(String(40))
    confirmed_by_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    confirmed_at: Mapped[datetime]
    entry: Mapped[int] = mapped_column(ForeignKey("entry.id"), unique=True)
