"""Ask for intakes under way: referrals that are open, and enrollments that have not begun."""

from typing import Any

from sqlalchemy import Select, bindparam, or_, select

from diversion.core.database import db
from diversion.core.tracks import Track
from diversion.enrollments.codes import EnrollmentState
from diversion.enrollments.models import Enrollment
from diversion.enrollments.referrals.models import OPEN, Referral
from diversion.participants.models import Participant


def latest_referral(participant_id: int) -> Referral | None:
    return db.session.scalars(_LATEST, {"participant_id": participant_id}).one_or_none()


_LATEST = (
    select(Referral)
    .where(Referral.participant_id == bindparam("participant_id"))
    .order_by(Referral.id.desc())
    .limit(1)
)


def number_of(referral: Referral) -> str:
    """Return the public number of the person a referral is about."""
    person = Participant.id == referral.participant_id, Participant.track == referral.track
    return db.session.scalars(select(Participant.number).where(*person)).one()


def enrollment_of(referral_id: int) -> Enrollment | None:
    """Return what became of a referral that was accepted."""
    return db.session.scalars(
        select(Enrollment).where(Enrollment.referral_id == referral_id)
    ).one_or_none()


def under_way(track: Track, scope: Select[Any]) -> Select[Any]:
    """Return the intakes that are not finished, the latest first."""
    columns: list[Any] = [
        Referral.id, Referral.handle, Referral.participant_id, Referral.state,
        Referral.referred_on, Enrollment.state.label("enrollment_state"), Participant.number,
    ]  # fmt: skip
    return (
        select(*columns)
        .select_from(Referral)
        .join(Participant, Participant.id == Referral.participant_id)
        .outerjoin(Enrollment, Enrollment.referral_id == Referral.id)
        .where(
            Referral.track == track,
            Referral.participant_id.in_(scope),
            or_(Referral.state.in_(OPEN), Enrollment.state == EnrollmentState.PENDING),
        )
        .order_by(Referral.id.desc())
    )
