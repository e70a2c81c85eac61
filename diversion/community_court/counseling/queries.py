"""Ask which provider counsels whom."""

from collections.abc import Sequence

from sqlalchemy import bindparam, select

from diversion.community_court.counseling.models import CounselingReferral
from diversion.core.database import db


def of_participant(participant_id: int) -> Sequence[CounselingReferral]:
    """Return a person's providers, the latest first."""
    return db.session.scalars(_OF_PERSON, {"participant_id": participant_id}).all()


_OF_PERSON = (
    select(CounselingReferral)
    .where(CounselingReferral.participant_id == bindparam("participant_id"))
    .order_by(CounselingReferral.id.desc())
)
