"""Keep receipts without an account: money that nobody can place yet, and donations."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from diversion.core.database import Base
from diversion.core.handles import new_handle
from diversion.core.tracks import Track
from diversion.core.words import Worded, _
from diversion.fees.codes import ReturnReason
from diversion.fees.models import KeepsItsVoid
from diversion.participants.models import to_participant


class UnplacedKind(Worded):
    """What money without an account is."""

    UNIDENTIFIED = "unidentified", _("Unidentified")
    DONATION = "donation", _("Donation")


class UnplacedReceipt(KeepsItsVoid, Base):
    """A numbered receipt that belongs to no account; a void is kept with it."""

    __tablename__ = "unplaced_receipt"
    __table_args__ = (
        CheckConstraint("amount > 0", name="amount_positive"),
        CheckConstraint("voided_by_id <> taken_by_id", name="void_by_another"),
        CheckConstraint(
            "(void_entry IS NULL) = (voided_by_id IS NULL)", name="void_whole"
        ),
        Index(None, "taken_on"),
    )  # fmt: skip

    kind: Mapped[UnplacedKind]
    earmark: Mapped[int] = mapped_column(ForeignKey("earmark.number"))

    @property
    def is_gift(self) -> bool:
        return self.kind is UnplacedKind.DONATION


class UnplacedReturn(Base):
    """That a bank returned a check or money order without an account; posted once approved."""

    __tablename__ = "unplaced_return"
    __table_args__ = (
        CheckConstraint("approved_by_id <> asked_by_id", name="second_person"),
        CheckConstraint(
            "(entry_number IS NULL) = (approved_by_id IS NULL)", name="posted_by_two"
        ),
        Index(
            "uq_unplaced_return_posted", "receipt_id", unique=True,
            sqlite_where=text("entry_number IS NOT NULL"),
            postgresql_where=text("entry_number IS NOT NULL"),
        ),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    handle: Mapped[str] = mapped_column(String(20), unique=True, default=new_handle)
    receipt_id: Mapped[int] = mapped_column(ForeignKey("unplaced_receipt.id"))
    reason: Mapped[ReturnReason]
    reference: Mapped[str] = mapped_column(String(40))
    asked_on: Mapped[date]
    asked_at: Mapped[datetime]
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    entry_number: Mapped[int | None] = mapped_column(ForeignKey("entry.id"), unique=True)
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))


class Identification(Base):
    """That unidentified money is said to be a participant's; posted once approved, whole."""

    __tablename__ = "identification"
    __table_args__ = (
        to_participant(),
        CheckConstraint("track = 'sbad'", name="never_a_survivor"),
        CheckConstraint("approved_by_id <> asked_by_id", name="second_person"),
        CheckConstraint(
            "(entry_number IS NULL) = (approved_by_id IS NULL)", name="posted_by_two"
        ),
        Index(
            "uq_identification_posted", "receipt_id", unique=True,
            sqlite_where=text("entry_number IS NOT NULL"),
            postgresql_where=text("entry_number IS NOT NULL"),
        ),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    handle: Mapped[str] = mapped_column(String(20), unique=True, default=new_handle)
    receipt_id: Mapped[int] = mapped_column(ForeignKey("unplaced_receipt.id"))
    participant_id: Mapped[int]
    track: Mapped[Track]
    asked_on: Mapped[date]
    asked_at: Mapped[datetime]
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    entry_number: Mapped[int | None] = mapped_column(ForeignKey("entry.id"), unique=True)
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
