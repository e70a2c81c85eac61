"""Ask for referrals and what is known about them."""

from collections.abc import Sequence

from sqlalchemy import select

from diversion.core.database import db
from diversion.core.finding import the_one
from diversion.core.tracks import Track
from diversion.enrollments.queries import Scope
from diversion.enrollments.referrals.models import EligibilityReview, PriorCheck, Referral
from diversion.enrollments.referrals.steps import ReferralStep


def referral_for(handle: str, track: Track, scope: Scope) -> Referral:
    """Return one referral inside a track and a scope. Raises NotYours."""
    return the_one(
        select(Referral).where(
            Referral.handle == handle, Referral.track == track, Referral.participant_id.in_(scope)
        )
    )


def latest_check(referral_id: int) -> PriorCheck | None:
    return db.session.scalars(
        select(PriorCheck)
        .where(PriorCheck.referral_id == referral_id)
        .order_by(PriorCheck.id.desc())
        .limit(1)
    ).one_or_none()


def latest_review(referral_id: int) -> EligibilityReview | None:
    return db.session.scalars(
        select(EligibilityReview)
        .where(EligibilityReview.referral_id == referral_id)
        .order_by(EligibilityReview.id.desc())
        .limit(1)
    ).one_or_none()


def checks(referral_id: int) -> Sequence[PriorCheck]:
    """Return every question about an earlier diversion, the latest first."""
    return db.session.scalars(
        select(PriorCheck)
        .where(PriorCheck.referral_id == referral_id)
        .order_by(PriorCheck.id.desc())
    ).all()


def steps_of(referral_id: int) -> Sequence[ReferralStep]:
    """Return every step of a referral, the first one first."""
    return db.session.scalars(
        select(ReferralStep)
        .where(ReferralStep.referral_id == referral_id)
        .order_by(ReferralStep.id)
    ).all()
