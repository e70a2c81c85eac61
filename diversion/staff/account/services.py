"""Change what people may change about their own account."""

from diversion.audit.models import Act
from diversion.audit.services import record
from diversion.core.errors import NotYours
from diversion.core.tracks import Track
from diversion.staff import sessions
from diversion.staff.models import Staff
from diversion.staff.sessions import SignInSession


def choose_side(row: SignInSession, track: Track) -> None:
    """Let a person who may read on both sides work on one, and leave the other. Raises NotYours."""
    if len(row.staff.sides()) < 2 or not sessions.choose_track(row, track):
        raise NotYours
    record(Act.TRACK_CHOSEN, f"staff:{row.staff.handle}", by=row.staff, track=track)


def set_shortcuts(staff: Staff, wanted: bool) -> None:
    staff.shortcuts = wanted
    record(Act.PREFERENCE_SET, f"staff:{staff.handle}", by=staff, shortcuts=int(wanted))
