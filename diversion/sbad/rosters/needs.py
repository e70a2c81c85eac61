"""Write down what somebody needs to take part, and take it along to the next seat."""

from collections.abc import Collection

from sqlalchemy import select

from diversion.audit.models import Act
from diversion.audit.services import record
from diversion.core.database import db
from diversion.core.tracks import Track
from diversion.sbad.rosters import claims
from diversion.sbad.rosters.models import Accommodation, Registration
from diversion.staff.models import Staff


def say(registration: Registration, need: Accommodation, *, by: Staff) -> None:
    """Write down what somebody needs in this class. Raises ClassIsOver, NoSeatHere."""
    session = claims.latest(registration)
    registration.accommodation = need
    db.session.flush()
    about = f"class:{session.handle}", f"registration:{registration.handle}"
    record(Act.REGISTRATION_NEED_SAID, *about, by=by, track=Track.SBAD)


def wanted(participant_ids: Collection[int], asked: Accommodation) -> dict[int, Accommodation]:
    """Return, by participant, what is asked for now, else what was said for the latest seat."""
    found = dict.fromkeys(participant_ids, asked)
    if asked is not Accommodation.NONE:
        return found
    rows = db.session.execute(
        select(Registration.participant_id, Registration.accommodation)
        .where(Registration.participant_id.in_(participant_ids), Registration.track == Track.SBAD)
        .order_by(Registration.id)
    )
    return {**found, **{row.participant_id: row.accommodation for row in rows}}
