"""Keep what went to the bank: which receipts, whole, and how the cash was counted."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from diversion.core.database import Base


class Deposit(Base):
    """A bag for the bank. `number` is public, such as D-2026-0125; `entry` is its posting."""

    __tablename__ = "deposit"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(20), unique=True)
    deposited_on: Mapped[date] = mapped_column(index=True)
    prepared_by_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    prepared_at: Mapped[datetime]
    entry: Mapped[int | None] = mapped_column(ForeignKey("entry.id"), unique=True)


class DepositItem(Base):
    """A receipt in a deposit; its key alone sees to it that no receipt is deposited twice."""

    __tablename__ = "deposit_item"

    receipt_id: Mapped[int] = mapped_column(
        ForeignKey("receipt_number.id"), primary_key=True, autoincrement=False
    )
    deposit_id: Mapped[int] = mapped_column(ForeignKey("deposit.id"), index=True)


class DepositCount(Base):
    """How many pieces of one value were in the cash; `unit` is in cents, coins count as 1."""

    __tablename__ = "deposit_count"
    __table_args__ = (
        CheckConstraint("unit > 0", name="unit_counts"),
        CheckConstraint("pieces > 0", name="pieces_count"),
    )

    deposit_id: Mapped[int] = mapped_column(ForeignKey("deposit.id"), primary_key=True)
    unit: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    pieces: Mapped[int]
