"""Keep which money goes back to a participant: asked for, approved, and paid by a third person."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from diversion.core.database import Base
from diversion.core.money import Money
from diversion.core.tracks import Track
from diversion.core.words import Worded, _
from diversion.fees.approved_models import PostedByTwo, by_two
from diversion.participants.models import to_participant


class RefundReason(Worded):
    """Why money goes back."""

    COURT_ORDER = "court_order", _("Ordered by the court")
    OVERPAID = "overpaid", _("Paid more than was owed")
    PAID_IN_ERROR = "paid_in_error", _("Paid in error")
    REDUCED = "reduced", _("The fee was reduced after it was paid")


class Instrument(Worded):
    """How a refund is paid: never in cash."""

    CHECK = "check", _("Check")
    TRANSFER = "transfer", _("Bank transfer")


class Refund(PostedByTwo, Base):
    """Money that goes back; without an obligation it is a credit that was never applied."""

    __tablename__ = "refund"
    __table_args__ = (
        to_participant(),
        CheckConstraint("track = 'sbad'", name="never_a_survivor"),
        CheckConstraint("amount > 0", name="amount_positive"),
        *by_two("approved_with_entry"),
        CheckConstraint(
            "paid_entry IS NULL OR (entry_number IS NOT NULL AND paid_by_id <> approved_by_id"
            " AND paid_reference IS NOT NULL)",
            name="third_person",
        ),
        Index(None, "participant_id"),
    )  # fmt: skip

    participant_id: Mapped[int]
    track: Mapped[Track]
    obligation_id: Mapped[int | None] = mapped_column(ForeignKey("obligation.id"))
    amount: Mapped[Money]
    stays_owed: Mapped[bool]
    reason: Mapped[RefundReason]
    document: Mapped[str] = mapped_column(String(40))
    asked_on: Mapped[date]
    held_until: Mapped[date | None]
    paid_entry: Mapped[int | None] = mapped_column(ForeignKey("entry.id"), unique=True)
    paid_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    paid_on: Mapped[date | None]
    instrument: Mapped[Instrument | None]
    paid_reference: Mapped[str | None] = mapped_column(String(40), unique=True)
