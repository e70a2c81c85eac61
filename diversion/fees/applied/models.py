"""Keep which credits settled which fees, and from which receipts they came."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from diversion.core.database import Base
from diversion.core.handles import new_handle
from diversion.core.money import Money
from diversion.core.tracks import Track
from diversion.participants.models import to_participant


class CreditUse(Base):
    """That a participant's credit was applied to what they owe. Rows are never changed.

    Where it was turned back, such as for a returned check, the ledger reversed its entry.
    """

    __tablename__ = "credit_use"
    __table_args__ = (
        to_participant(),
        CheckConstraint("track = 'sbad'", name="never_a_survivor"),
        CheckConstraint("amount > 0", name="amount_positive"),
        Index(None, "participant_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    handle: Mapped[str] = mapped_column(String(20), unique=True, default=new_handle)
    participant_id: Mapped[int]
    track: Mapped[Track]
    amount: Mapped[Money]
    entry_number: Mapped[int] = mapped_column(ForeignKey("entry.id"), unique=True)
    used_on: Mapped[date]
    used_at: Mapped[datetime]
    used_by_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))

    parts: Mapped[list["CreditPart"]] = relationship(order_by="CreditPart.place")


class CreditPart(Base):
    """Which part of a credit settled which obligation, and the receipt it came from.

    The receipt is missing where the credit did not come from a receipt of this person.
    """

    __tablename__ = "credit_part"
    __table_args__ = (
        CheckConstraint("amount > 0", name="amount_positive"),
        Index(None, "receipt_id"),
        Index(None, "obligation_id"),
    )

    use_id: Mapped[int] = mapped_column(
        ForeignKey("credit_use.id"), primary_key=True, autoincrement=False
    )
    place: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    receipt_id: Mapped[int | None] = mapped_column(ForeignKey("receipt.id"))
    obligation_id: Mapped[int] = mapped_column(ForeignKey("obligation.id"))
    amount: Mapped[Money]
