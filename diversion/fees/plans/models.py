"""Keep payment plans: versions, their instalments, who signed, and how they ended."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from diversion.core.database import Base
from diversion.core.handles import new_handle
from diversion.core.money import Money
from diversion.core.tracks import Track
from diversion.core.words import Worded, _
from diversion.participants.models import to_participant


class EndReason(Worded):
    """Why a plan no longer counts; no end of a plan ends anything else."""

    AGREED = "agreed", _("Agreed with the participant")
    BROKEN = "broken", _("Not kept, and talked about")
    MISTAKE = "mistake", _("Made by mistake")


class PaymentPlan(Base):
    """One version of how an account is to be paid. Rows are added and never changed.

    A plan posts nothing: it says when what was open is due.
    """

    __tablename__ = "payment_plan"
    __table_args__ = (
        to_participant(),
        UniqueConstraint("participant_id", "version"),
        CheckConstraint("track = 'sbad'", name="never_a_survivor"),
        CheckConstraint("version >= 1", name="version_counts"),
        CheckConstraint("total > 0", name="total_positive"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    handle: Mapped[str] = mapped_column(String(20), unique=True, default=new_handle)
    participant_id: Mapped[int]
    track: Mapped[Track]
    version: Mapped[int]
    total: Mapped[Money]
    made_on: Mapped[date]
    made_at: Mapped[datetime]
    made_by_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))

    slices: Mapped[list["PlanSlice"]] = relationship(order_by="PlanSlice.place")
    signed: Mapped["PlanSignature | None"] = relationship(uselist=False)
    ended: Mapped["PlanEnd | None"] = relationship(uselist=False)


class PlanSlice(Base):
    """The part of one instalment that settles one obligation."""

    __tablename__ = "plan_slice"
    __table_args__ = (
        UniqueConstraint("plan_id", "number", "obligation_id"),
        CheckConstraint("amount > 0", name="amount_positive"),
        Index(None, "obligation_id"),
    )

    plan_id: Mapped[int] = mapped_column(
        ForeignKey("payment_plan.id"), primary_key=True, autoincrement=False
    )
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    place: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    obligation_id: Mapped[int] = mapped_column(ForeignKey("obligation.id"))
    due_on: Mapped[date]
    amount: Mapped[Money]


class PlanSignature(Base):
    """That a plan was signed on paper; from then on it counts. Rows are never changed."""

    __tablename__ = "plan_signature"

    plan_id: Mapped[int] = mapped_column(
        ForeignKey("payment_plan.id"), primary_key=True, autoincrement=False
    )
    signed_on: Mapped[date]
    document_hash: Mapped[str] = mapped_column(String(64))
    recorded_at: Mapped[datetime]
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))


class PlanEnd(Base):
    """That a plan no longer counts; what is open is due as it was charged. Never changed."""

    __tablename__ = "plan_end"

    plan_id: Mapped[int] = mapped_column(
        ForeignKey("payment_plan.id"), primary_key=True, autoincrement=False
    )
    reason: Mapped[EndReason]
    ended_on: Mapped[date]
    ended_at: Mapped[datetime]
    ended_by_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
