"""Take one step of a referral and keep it: who, when, from where to where, and why as a code."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from diversion.core import clock
from diversion.core.database import Base, db
from diversion.enrollments.codes import ReferralState
from diversion.enrollments.referrals.models import OfReferral, Referral, to_referral
from diversion.staff.models import Staff


class ReferralStep(OfReferral, Base):
    """That a referral went from one state to another."""

    __tablename__ = "referral_step"
    __table_args__ = (
        to_referral(),
        Index(None, "referral_id"),
    )

    before: Mapped[ReferralState]
    after: Mapped[ReferralState]
    reason: Mapped[str] = mapped_column(String(40), default="")
    happened_on: Mapped[date]
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[int] = mapped_column(ForeignKey("staff.id"))


def step(referral: Referral, to: ReferralState, *, reason: str = "", by: Staff, on: date) -> None:
    """Move a referral along. Raises WrongReferralState where no way leads there."""
    before = referral.state
    referral.move(to)
    db.session.add(
        ReferralStep(
            **referral.whose, before=before, after=to, reason=reason, happened_on=on,
            recorded_at=clock.now(), recorded_by=by.id,
        )
    )  # fmt: skip
    db.session.flush()
