"""Keep what is to be paid out of an award."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from diversion.core.database import Base
from diversion.fund.orders.kinds import PayeeKind

# What the log is told of a voucher, by its hash.
TOLD = ("number", "award_id", "payee_kind", "code", "asked_on")


class Voucher(Base):
    """A bill to pay. `number` is public, such as V-2026-0007; never changed.

    `code` stands for a survivor; only Community Court knows whom it means.
    """

    __tablename__ = "voucher"
    __table_args__ = (
        ForeignKeyConstraint(["award_id", "payee_kind"], ["award.id", "award.payee_kind"]),
        UniqueConstraint("id", "award_id"),
        CheckConstraint("(payee_kind = 'victim') = (code IS NOT NULL)", name="survivors_by_code"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(20), unique=True)
    award_id: Mapped[int]
    payee_kind: Mapped[PayeeKind]
    code: Mapped[str | None] = mapped_column(String(20), unique=True)
    asked_on: Mapped[date]
