"""Keep receipts of the state's fee (S02) and what banks took back (S07), apart from the Account."""

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from diversion.core.database import Base
from diversion.core.money import Money
from diversion.enrollments.models import OfEnrollment, to_enrollment
from diversion.fees.approved_models import TakenBack, by_two, posted_once
from diversion.fees.models import KeepsItsVoid, Payor


class StateReceipt(OfEnrollment, KeepsItsVoid, Base):
    """A numbered receipt of the state's fee; a void is kept with it."""

    __tablename__ = "state_receipt"
    __table_args__ = (
        to_enrollment(),
        CheckConstraint("track = 'sbad'", name="never_a_survivor"),
        CheckConstraint("amount > 0", name="amount_positive"),
        CheckConstraint("mode IN ('cash', 'check', 'money_order')", name="not_by_card"),
        CheckConstraint("voided_by_id <> taken_by_id", name="void_by_another"),
        CheckConstraint("(void_entry IS NULL) = (voided_by_id IS NULL)", name="void_whole"),
        Index(None, "participant_id"),
        Index(None, "enrollment_id"),
        Index(None, "taken_on"),
    )

    open_after: Mapped[Money]
    payor: Mapped[Payor]


class StateReturn(TakenBack, Base):
    """That a bank returned a receipt's payment; posted once approved, whole."""

    __tablename__ = "state_return"
    __table_args__ = (
        *by_two(),
        posted_once("state_return", "receipt_id"),
    )

    receipt_id: Mapped[int] = mapped_column(ForeignKey("state_receipt.id"))
