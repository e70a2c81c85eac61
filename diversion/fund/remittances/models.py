"""Keep what of the state's fee was sent on to whom, asked by one person and sent by two (S05)."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from diversion.core.database import Base
from diversion.core.handles import new_handle
from diversion.core.money import Money
from diversion.fund.orders.kinds import Method

_POSTED = text("entry IS NOT NULL")


class Remittance(Base):
    """Money that is due to an office and sent on; posted once approved."""

    __tablename__ = "remittance"
    __table_args__ = (
        CheckConstraint("amount > 0", name="amount_positive"),
        CheckConstraint("reference <> ''", name="reference_given"),
        CheckConstraint("approved_by_id <> asked_by_id", name="second_person"),
        CheckConstraint(
            "(entry IS NULL) = (approved_by_id IS NULL)"
            " AND (entry IS NULL) = (remitted_on IS NULL)",
            name="posted_by_two",
        ),
        Index(
            "uq_remittance_sent", "method", "reference", unique=True, sqlite_where=_POSTED,
            postgresql_where=_POSTED,
        ),
        Index(None, "remittee_id"),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    handle: Mapped[str] = mapped_column(String(20), unique=True, default=new_handle)
    remittee_id: Mapped[int] = mapped_column(ForeignKey("remittee.id"))
    amount: Mapped[Money]
    method: Mapped[Method]
    reference: Mapped[str] = mapped_column(String(40))
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    asked_at: Mapped[datetime]
    entry: Mapped[int | None] = mapped_column(ForeignKey("entry.id"), unique=True)
    remitted_on: Mapped[date | None]
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
