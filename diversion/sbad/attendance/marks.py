"""Add one mark to a roll that is open."""

from datetime import date, datetime

from diversion.audit.models import Act
from diversion.audit.services import Fact, record
from diversion.core.database import db
from diversion.core.errors import Refused
from diversion.core.once import KeyUsedOtherwise
from diversion.core.tracks import Track
from diversion.core.words import _
from diversion.sbad.attendance import queries
from diversion.sbad.attendance.models import AttendanceMark
from diversion.sbad.attendance.rules import Current, Mark, conflicts
from diversion.sbad.classes import queries as classes
from diversion.sbad.classes.models import ClassSession, ClassState
from diversion.sbad.rosters.models import Registration
from diversion.staff.models import Staff


class ClassToCome(Refused):
    """Nobody is marked before the day of the class."""

    sentence = _("This class is still to come. The roll opens on its day.")


class RollFinished(Refused):
    """A finished roll is changed only by a correction."""

    sentence = _("This roll is finished. Ask the coordinator for a correction.")


def opened(session: ClassSession, on: date) -> ClassSession:
    """Return the class day under lock, if marks may be added on that day.

    Raises ClassToCome, RollFinished.
    """
    session = classes.locked(session.id)
    if session.is_over:
        raise RollFinished
    if session.held_on > on:
        raise ClassToCome
    return session


def begun(session: ClassSession) -> None:
    if session.state is ClassState.OPEN:
        session.state = ClassState.IN_PROGRESS
        db.session.flush()


def check_same(known: AttendanceMark, row: Registration, mark: Mark) -> None:
    """Let an operation stand for one mark only. Raises KeyUsedOtherwise."""
    if (known.registration_id, known.value) != (row.id, mark.value):
        raise KeyUsedOtherwise


def add(
    row: Registration,
    mark: Mark,
    current: Current,
    *,
    by: Staff,
    now: datetime,
    reason: str = "",
    ahead: bool = False,
    imported: bool = False,
) -> AttendanceMark:
    """Add a mark after the ones before it.

    One that its own device made before another that has already arrived is kept too,
    but does not become the present mark.
    """
    later = queries.latest_from(row.id, mark.device, by.id)
    is_late = later is not None and mark.marked_at < later
    made = AttendanceMark(
        op=mark.op, class_session_id=row.class_session_id, registration_id=row.id,
        version=queries.versions(row.id) + 1, base_version=mark.base_version, value=mark.value,
        minutes=mark.minutes, is_ahead=ahead, is_imported=imported, is_late=is_late,
        is_conflict=not is_late and conflicts(mark, current, by.id), reason=reason,
        batch=mark.batch, device=mark.device, marked_at=mark.marked_at, received_at=now,
        marked_by=by.id,
    )  # fmt: skip
    db.session.add(made)
    db.session.flush()
    return made


def standing_of(mark: AttendanceMark) -> Current:
    """Return a mark as the present one of its registration."""
    return Current(
        mark.value, mark.version, mark.minutes, mark.device, mark.marked_by, mark.is_ahead,
        mark.is_conflict, mark.batch,
    )  # fmt: skip


def log(act: Act, session: ClassSession, by: Staff, **facts: Fact) -> None:
    record(act, f"class:{session.handle}", by=by, track=Track.SBAD, outcome="done", **facts)
