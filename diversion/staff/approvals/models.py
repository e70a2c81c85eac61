"""Keep what was asked of a second person, and what that person decided."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from diversion.core.database import Base
from diversion.core.handles import new_handle
from diversion.core.money import Money


class Matter(StrEnum):
    """What a second person decides on."""

    ADJUSTMENT = "adjustment"
    ASSESSMENT = "assessment"
    AWARD = "award"
    BANK = "bank"
    BUDGET = "budget"
    DEPOSIT_DIFFERENCE = "deposit_difference"
    OVER_SHORT = "over_short"
    IDENTIFICATION = "identification"
    REFUND = "refund"
    REFUND_CANCEL = "refund_cancel"
    REMITTANCE = "remittance"
    REOPENING = "reopening"
    RETURNED_ITEM = "returned_item"
    REVERSAL = "reversal"
    STATE_RETURN = "state_return"
    UNPLACED_RETURN = "unplaced_return"
    VOID = "void"
    VOUCHER = "voucher"
    WAIVER = "waiver"
    WRITE_OFF = "write_off"


class Decision(StrEnum):
    """How a request ended; only whoever asked can withdraw it."""

    APPROVED = "approved"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class ApprovalRequest(Base):
    """That somebody asks for a second person. Rows are added and never changed.

    `subject` is the public number or handle of the paper on the floor that asks;
    `request_hash` binds the approval to all that was asked; `turn` counts the requests
    about one paper.
    """

    __tablename__ = "approval_request"
    __table_args__ = (
        UniqueConstraint("matter", "subject", "turn"),
        UniqueConstraint("id", "asked_by_id"),
        CheckConstraint("turn >= 1", name="turn_counts"),
        CheckConstraint("amount >= 0", name="amount_not_negative"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    handle: Mapped[str] = mapped_column(String(20), unique=True, default=new_handle)
    matter: Mapped[Matter]
    subject: Mapped[str] = mapped_column(String(40))
    turn: Mapped[int]
    amount: Mapped[Money]
    request_hash: Mapped[str] = mapped_column(String(64))
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    asked_at: Mapped[datetime]

    decided: Mapped["ApprovalDecision | None"] = relationship(uselist=False)

    @property
    def hash16(self) -> str:
        return self.request_hash[:16]

    @property
    def is_waiting(self) -> bool:
        return self.decided is None

    @property
    def approved_by(self) -> int | None:
        """Return who approved it; None while it waits, or if it ended otherwise."""
        decided = self.decided
        yes = decided is not None and decided.decision is Decision.APPROVED
        return decided.decided_by_id if decided and yes else None


class ApprovalDecision(Base):
    """The one answer to a request. Rows are added and never changed."""

    __tablename__ = "approval_decision"
    __table_args__ = (
        ForeignKeyConstraint(
            ["request_id", "asked_by_id"], ["approval_request.id", "approval_request.asked_by_id"]
        ),
        CheckConstraint(
            "(decision = 'withdrawn') = (decided_by_id = asked_by_id)", name="second_person"
        ),
    )

    request_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    asked_by_id: Mapped[int]
    decision: Mapped[Decision]
    decided_by_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    decided_at: Mapped[datetime]
