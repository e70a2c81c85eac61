"""Keep what was asked about a fee after it was charged, and what was carried out."""

from datetime import date, datetime

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    String,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from diversion.core.database import Base
from diversion.core.handles import new_handle
from diversion.core.money import Money
from diversion.core.tracks import Track
from diversion.fees.codes import Change, Why
from diversion.fees.models import Obligation
from diversion.participants.models import to_participant


class FeeRequest(Base):
    """That somebody asks to change a fee. Rows are added and never changed.

    `amount` is the part of what is open, `refund` the part that was paid already;
    `reinstates_id` names the request whose change is turned back.
    """

    __tablename__ = "fee_request"
    __table_args__ = (
        to_participant(),
        ForeignKeyConstraint(
            ["worksheet_id", "participant_id"],
            ["ability_worksheet.id", "ability_worksheet.participant_id"],
        ),
        CheckConstraint("track = 'sbad'", name="never_a_survivor"),
        CheckConstraint("amount >= 0 AND refund >= 0 AND amount + refund > 0", name="amounts"),
        CheckConstraint("refund = 0 OR change = 'reduce'", name="only_reduced_is_refunded"),
        CheckConstraint(
            "(change = 'reinstate') = (reinstates_id IS NOT NULL)", name="reinstates_something"
        ),
        Index(None, "participant_id"),
        Index(None, "obligation_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    handle: Mapped[str] = mapped_column(String(20), unique=True, default=new_handle)
    participant_id: Mapped[int]
    track: Mapped[Track]
    obligation_id: Mapped[int] = mapped_column(ForeignKey("obligation.id"))
    change: Mapped[Change]
    amount: Mapped[Money]
    refund: Mapped[Money]
    why: Mapped[Why]
    note: Mapped[bytes] = mapped_column(LargeBinary)
    document_hash: Mapped[str] = mapped_column(String(64))
    worksheet_id: Mapped[int | None]
    reinstates_id: Mapped[int | None] = mapped_column(ForeignKey("fee_request.id"))
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    asked_on: Mapped[date]
    asked_at: Mapped[datetime]

    obligation: Mapped[Obligation] = relationship(foreign_keys=[obligation_id], viewonly=True)
    carried_out: Mapped["FeeChange | None"] = relationship(uselist=False)


class FeeChange(Base):
    """That a request was approved and posted. Rows are added and never changed.

    `entry_number` is missing where nothing was open and all of it was refunded.
    """

    __tablename__ = "fee_change"

    request_id: Mapped[int] = mapped_column(
        ForeignKey("fee_request.id"), primary_key=True, autoincrement=False
    )
    entry_number: Mapped[int | None] = mapped_column(ForeignKey("entry.id"), unique=True)
    changed_on: Mapped[date]
    approved_by_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
