"""Keep when a cashier's drawer was open, how it was counted, and who signed a difference."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from diversion.core.database import Base
from diversion.core.handles import new_handle
from diversion.core.money import Money
from diversion.fund.deposits.models import WhyDifferent

_OPEN = text("closed_at IS NULL")


class Till(Base):
    """A drawer that keeps change of the fund overnight; its key in the ledger is `id`."""

    __tablename__ = "till"

    id: Mapped[int] = mapped_column(primary_key=True)
    handle: Mapped[str] = mapped_column(String(20), unique=True, default=new_handle)
    name: Mapped[str] = mapped_column(String(40), unique=True)
    added_by_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    added_at: Mapped[datetime]


class DrawerSession(Base):
    """A cashier's drawer from opening to count.

    `expected` is kept when the count arrives, so the count is blind and the comparison lasts.
    """

    __tablename__ = "drawer_session"
    __table_args__ = (
        CheckConstraint("change_fund >= 0", name="change_not_negative"),
        CheckConstraint(
            "(closed_at IS NULL) = (counted IS NULL) AND (closed_at IS NULL) = (expected IS NULL)",
            name="closed_by_count",
        ),
        CheckConstraint("signed_by_id <> cashier_id", name="second_person"),
        CheckConstraint(
            "signed_by_id IS NULL OR (closed_at IS NOT NULL AND reason IS NOT NULL)",
            name="signed_with_reason",
        ),
        Index(
            "uq_drawer_session_open", "cashier_id", unique=True,
            sqlite_where=_OPEN, postgresql_where=_OPEN,
        ),
        Index(
            "uq_drawer_session_till", "till_id", unique=True, sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        ),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    handle: Mapped[str] = mapped_column(String(20), unique=True, default=new_handle)
    cashier_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    till_id: Mapped[int | None] = mapped_column(ForeignKey("till.id"))
    opened_on: Mapped[date] = mapped_column(index=True)
    opened_at: Mapped[datetime]
    change_fund: Mapped[Money]
    closed_at: Mapped[datetime | None]
    counted: Mapped[Money | None]
    expected: Mapped[Money | None]
    reason: Mapped[WhyDifferent | None]
    signed_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    signed_at: Mapped[datetime | None]

    @property
    def is_open(self) -> bool:
        return self.closed_at is None

    @property
    def difference(self) -> Money:
        """Return what was counted less what there should have been."""
        return (self.counted or Money(0)) - (self.expected or Money(0))

    @property
    def is_settled(self) -> bool:
        """Say whether nothing is left to be said about this drawer."""
        return not self.is_open and (not self.difference or self.signed_by_id is not None)


class DrawerCount(Base):
    """How many pieces of one value were counted; `unit` is in cents, coins count as 1."""

    __tablename__ = "drawer_count"
    __table_args__ = (CheckConstraint("unit > 0 AND pieces > 0", name="counts"),)

    session_id: Mapped[int] = mapped_column(ForeignKey("drawer_session.id"), primary_key=True)
    unit: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    pieces: Mapped[int]
