"""Keep which approved refunds are not to be paid after all."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from diversion.core.database import Base
from diversion.core.handles import new_handle
from diversion.core.words import Worded, _


class CancelReason(Worded):
    """Why money does not go back after all."""

    TAKEN_BACK = "taken_back", _("The payment was taken back by its bank")
    ORDER_CHANGED = "order_changed", _("The order or the agreement changed")
    MISTAKE = "mistake", _("It was asked for by mistake")


class RefundCancel(Base):
    """That somebody asks not to pay a refund; without an entry it is only asked for."""

    __tablename__ = "refund_cancel"
    __table_args__ = (
        CheckConstraint("approved_by_id <> asked_by_id", name="second_person"),
        CheckConstraint("(entry_number IS NULL) = (approved_by_id IS NULL)", name="posted_by_two"),
        Index(
            "uq_refund_cancel_posted", "refund_id", unique=True,
            sqlite_where=text("entry_number IS NOT NULL"),
            postgresql_where=text("entry_number IS NOT NULL"),
        ),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    handle: Mapped[str] = mapped_column(String(20), unique=True, default=new_handle)
    refund_id: Mapped[int] = mapped_column(ForeignKey("refund.id"))
    reason: Mapped[CancelReason]
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    asked_at: Mapped[datetime]
    entry_number: Mapped[int | None] = mapped_column(ForeignKey("entry.id"), unique=True)
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
