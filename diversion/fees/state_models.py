"""Keep receipts of the state's fee (S02) and what banks took back (S07), apart from the Account."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from diversion.core.database import Base
from diversion.core.handles import new_handle
from diversion.core.money import Money
from diversion.core.tracks import Track
from diversion.fees.codes import ReturnReason
from diversion.fees.models import KeepsItsVoid, Payor


class StateReceipt(KeepsItsVoid, Base):
    """A numbered receipt of the state's fee; a void is kept with it."""

    __tablename__ = "state_receipt"
    __table_args__ = (
        ForeignKeyConstraint(
            ["enrollment_id", "participant_id", "track"],
            ["enrollment.id", "enrollment.participant_id", "enrollment.track"],
        ),
        CheckConstraint("track = 'sbad'", name="never_a_survivor"),
        CheckConstraint("amount > 0", name="amount_positive"),
        CheckConstraint("mode IN ('cash', 'check', 'money_order')", name="not_by_card"),
        CheckConstraint("voided_by_id <> taken_by_id", name="void_by_another"),
        CheckConstraint("(void_entry IS NULL) = (voided_by_id IS NULL)", name="void_whole"),
        Index(None, "participant_id"),
        Index(None, "enrollment_id"),
        Index(None, "taken_on"),
    )

    participant_id: Mapped[int]
    track: Mapped[Track]
    enrollment_id: Mapped[int]
    open_after: Mapped[Money]
    payor: Mapped[Payor]


class StateReturn(Base):
    """That a bank returned a receipt's payment; posted once approved, whole."""

    __tablename__ = "state_return"
    __table_args__ = (
        CheckConstraint("approved_by_id <> asked_by_id", name="second_person"),
        CheckConstraint(
            "(entry_number IS NULL) = (approved_by_id IS NULL)", name="posted_by_two"
        ),
        Index(
            "uq_state_return_posted", "receipt_id", unique=True,
            sqlite_where=text("entry_number IS NOT NULL"),
            postgresql_where=text("entry_number IS NOT NULL"),
        ),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    handle: Mapped[str] = mapped_column(String(20), unique=True, default=new_handle)
    receipt_id: Mapped[int] = mapped_column(ForeignKey("state_receipt.id"))
    reason: Mapped[ReturnReason]
    reference: Mapped[str] = mapped_column(String(40))
    asked_on: Mapped[date]
    asked_at: Mapped[datetime]
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    entry_number: Mapped[int | None] = mapped_column(ForeignKey("entry.id"), unique=True)
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
