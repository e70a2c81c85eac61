"""Keep which payments a bank or a card processor took back."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from diversion.core.database import Base
from diversion.core.handles import new_handle
from diversion.core.money import Money
from diversion.core.words import Worded, _
from diversion.fees.codes import ReturnReason


class ReturnKind(Worded):
    """What happened to money that was already counted as paid."""

    RETURNED = "returned", _("Returned check")
    CHARGEBACK = "chargeback", _("Chargeback")
    CHARGEBACK_WON = "chargeback_won", _("Chargeback won")


class ReturnedItem(Base):
    """A payment taken back, or won back. Without an entry it is only asked for."""

    __tablename__ = "returned_item"
    __table_args__ = (
        CheckConstraint("reopened >= 0 AND credit >= 0 AND fee >= 0", name="amounts_not_negative"),
        CheckConstraint(
            "(entry_number IS NULL) = (approved_by_id IS NULL)", name="posted_by_two"
        ),
        CheckConstraint("approved_by_id <> asked_by_id", name="second_person"),
        Index(
            "uq_returned_item_posted", "receipt_id", "kind", unique=True,
            sqlite_where=text("entry_number IS NOT NULL"),
            postgresql_where=text("entry_number IS NOT NULL"),
        ),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    handle: Mapped[str] = mapped_column(String(20), unique=True, default=new_handle)
    receipt_id: Mapped[int] = mapped_column(ForeignKey("receipt.id"))
    kind: Mapped[ReturnKind]
    reason: Mapped[ReturnReason]
    reference: Mapped[str] = mapped_column(String(40))
    fee: Mapped[Money]
    asked_on: Mapped[date]
    asked_at: Mapped[datetime]
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    reopened: Mapped[Money]
    credit: Mapped[Money]
    entry_number: Mapped[int | None] = mapped_column(ForeignKey("entry.id"), unique=True)
    posted_on: Mapped[date | None]
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    fee_obligation_id: Mapped[int | None] = mapped_column(ForeignKey("obligation.id"))
