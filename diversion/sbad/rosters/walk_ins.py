"""Write down who came without a registration, and later who it was."""

from datetime import datetime

from diversion.audit.models import Act
from diversion.audit.services import record
from diversion.core.database import db
from diversion.core.errors import NotYours, Refused
from diversion.core.tracks import Track
from diversion.core.words import _
from diversion.sbad.classes import queries as classes
from diversion.sbad.classes.models import ClassSession
from diversion.sbad.rosters import walk_in_queries
from diversion.sbad.rosters.models import Registration, WalkIn
from diversion.staff.models import Staff


class AlreadySettled(Refused):
    """A walk-in is settled once."""

    sentence = _("This walk-in is settled already.")


def note(session: ClassSession, line: int, *, by: Staff, now: datetime) -> WalkIn:
    """Write down that line `line` of the paper sheet is someone without a registration.

    The same line again is the same walk-in. Raises ClassIsOver.
    """
    session = classes.locked(session.id)
    session.check_not_over()
    known = walk_in_queries.walk_in(session.id, line)
    if known is not None:
        return known
    made = WalkIn(class_session_id=session.id, line=line, noted_at=now, noted_by=by.id)
    db.session.add(made)
    db.session.flush()
    record(Act.WALK_IN_NOTED, f"class:{session.handle}", by=by, track=Track.SBAD, line=line)
    return made


def settle(walk_in: WalkIn, registration: Registration | None, *, by: Staff, now: datetime) -> None:
    """Say who a walk-in was, or (None) that the person was sent away.

    Raises AlreadySettled, NotYours.
    """
    if walk_in.settled_at is not None:
        raise AlreadySettled
    if registration is not None and registration.class_session_id != walk_in.class_session_id:
        raise NotYours
    walk_in.registration_id = registration.id if registration else None
    walk_in.settled_at, walk_in.settled_by = now, by.id
    db.session.flush()
    record(Act.WALK_IN_SETTLED, f"walk_in:{walk_in.handle}", by=by, track=Track.SBAD)
