"""Make people who are plainly fictional."""

from datetime import date
from typing import Any

from diversion.core.tracks import Track
from diversion.participants import services
from diversion.participants.identity import Identity
from diversion.participants.models import Participant
from diversion.staff.models import Staff
from diversion.staff.permissions import Role
from tests.factories.staff import make_staff

COORDINATOR = {
    Track.COMMUNITY_COURT: Role.COURT_COORDINATOR,
    Track.SBAD: Role.SBAD_COORDINATOR,
}


def make_participant(
    track: Track,
    first: str = "Juniper",
    last: str = "Hale",
    by: Staff | None = None,
    on: date = date(2026, 11, 2),
    language: str = "en",
    **identity: Any,
) -> Participant:
    """Register a person inside an open transaction; `by` is else a new coordinator."""
    return services.register(
        track,
        Identity(first=first, last=last, **identity),
        language=language,
        by=by or make_staff(COORDINATOR[track]),
        on=on,
    )
