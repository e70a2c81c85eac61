"""Ask which provider counsels whom."""

from collections.abc import Sequence

from sqlalchemy import select

from diversion.community_court.counseling.models import CounselingReferral
from diversion.core.database import db


def of_participant(participant_id: int) -> Sequence[CounselingReferral]:
    """Return a person's providers, the latest first."""
    return db.session.scalars(
        select(CounselingReferral)
        .where(CounselingReferral.participant_id == participant_id)
        .order_by(CounselingReferral.id.desc())
    ).all()
