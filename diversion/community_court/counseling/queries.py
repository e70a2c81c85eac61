"""Ask which provider counsels whom."""

from sqlalchemy import bindparam, select

from diversion.community_court.counseling.models import CounselingReferral
from diversion.core.database import tuples
from diversion.partners.agencies.models import Organization


def provider_of(participant_id: int) -> str:
    """Return the name of a person's provider, the latest if several; empty without one."""
    found = tuples(_PROVIDER, {"participant_id": participant_id})
    return found[0][0] if found else ""


_PROVIDER = (
    select(Organization.name)
    .join(CounselingReferral, CounselingReferral.organization_id == Organization.id)
    .where(
        CounselingReferral.participant_id == bindparam("participant_id"),
        CounselingReferral.ended_on.is_(None),
    )
    .order_by(CounselingReferral.id.desc())
    .limit(1)
)
