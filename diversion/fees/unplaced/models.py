"""Keep receipts without an account: money that nobody can place yet, and donations."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from diversion.core.database import Base
from diversion.core.tracks import Track
from diversion.core.words import Worded, _
from diversion.fees.approved_models import PostedByTwo, TakenBack, by_two, posted_once
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


class UnplacedReturn(TakenBack, Base):
    """That a bank returned a check or money order without an account; posted once approved."""

    __tablename__ = "unplaced_return"
    __table_args__ = (
        *by_two(),
        posted_once("unplaced_return", "receipt_id"),
    )

    receipt_id: Mapped[int] = mapped_column(ForeignKey("unplaced_receipt.id"))


class Identification(PostedByTwo, Base):
    """That unidentified money is said to be a participant's; posted once approved, whole."""

    __tablename__ = "identification"
    __table_args__ = (
        to_participant(),
        CheckConstraint("track = 'sbad'", name="never_a_survivor"),
        *by_two(),
        posted_once("identification", "receipt_id"),
    )

    receipt_id: Mapped[int] = mapped_column(ForeignKey("unplaced_receipt.id"))
    participant_id: Mapped[int]
    track: Mapped[Track]
    asked_on: Mapped[date]
