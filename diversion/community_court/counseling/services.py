"""Send people to counselors and end that."""

from datetime import date

from diversion.audit.models import Act
from diversion.audit.services import record
from diversion.community_court.counseling.models import CounselingReferral
from diversion.core.database import db
from diversion.core.tracks import Track
from diversion.participants.models import Participant
from diversion.partners.agencies.models import Organization
from diversion.staff.models import Staff

TRACK = Track.COMMUNITY_COURT


def refer(
    participant: Participant, organization: Organization, *, by: Staff, on: date
) -> CounselingReferral:
    """Send a participant to a provider; what is said there stays there."""
    made = CounselingReferral(
        participant_id=participant.id, track=TRACK, organization_id=organization.id, since_on=on
    )
    made.organization = organization
    db.session.add(made)
    db.session.flush()
    numbered = f"participant:{participant.number}"
    record(Act.COUNSELING_BEGUN, f"counseling:{made.handle}", numbered, by=by, track=TRACK)
    return made


def end(found: CounselingReferral, *, by: Staff, on: date) -> None:
    found.ended_on = max(on, found.since_on)
    db.session.flush()
    record(Act.COUNSELING_ENDED, f"counseling:{found.handle}", by=by, track=TRACK)
