"""Ask for referrals and what is known about them."""

from collections.abc import Sequence

from sqlalchemy import Select, func, select, true

from diversion.core.database import db
from diversion.core.finding import the_one
from diversion.core.tracks import Track
from diversion.enrollments.codes import CheckResult, ReferralState
from diversion.enrollments.queries import Scope
from diversion.enrollments.referrals.models import EligibilityReview, PriorCheck, Referral
from diversion.enrollments.referrals.steps import ReferralStep
from diversion.enrollments.terms.models import ProgramVersion


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


def barred(track: Track) -> Select[int]:
    """Return the ids of referrals that an earlier diversion bars and nobody has decided.

    Only those whose terms let a deputy DA decide otherwise.
    """
    last = (
        select(func.max(PriorCheck.id))
        .where(PriorCheck.referral_id == Referral.id)
        .correlate(Referral)
        .scalar_subquery()
    )
    may_decide_otherwise = (
        select(ProgramVersion.bar_override)
        .where(ProgramVersion.track == track, ProgramVersion.in_force_on <= Referral.referred_on)
        .order_by(ProgramVersion.in_force_on.desc())
        .limit(1)
        .correlate(Referral)
        .scalar_subquery()
    )
    return (
        select(Referral.id)
        .join(PriorCheck, PriorCheck.id == last)
        .where(
            Referral.track == track,
            Referral.state.in_([ReferralState.RECEIVED, ReferralState.SCREENING]),
            PriorCheck.result == CheckResult.BAR,
            func.coalesce(may_decide_otherwise, true()),
        )
    )
