"""Say who can be registered for a class day: enrolled, the class still before them, no seat yet."""

from dataclasses import dataclass

from sqlalchemy import select

from diversion.audit.models import Act
from diversion.core.database import db
from diversion.core.languages import NAMES
from diversion.core.tracks import Track
from diversion.enrollments.models import Enrollment
from diversion.fees.clearance import cleared
from diversion.participants import access
from diversion.participants.models import Participant
from diversion.sbad.classes.models import ClassSession
from diversion.sbad.rosters import queries
from diversion.staff.models import Staff

AT_ONCE = 200


@dataclass(frozen=True)
class Candidate:
    """Someone without a seat. The enrollment's handle stands for them in a form."""

    handle: str
    number: str
    name: str
    language: str
    waits: bool
    is_cleared: bool


def of_class(session: ClassSession, *, by: Staff) -> list[Candidate]:
    """Return who still needs the class, those on its waiting list first. Inside `reading()`."""
    rows = db.session.execute(
        select(
            Enrollment.handle, Enrollment.participant_id, Participant.number, Participant.language
        )
        .join(Participant, Participant.id == Enrollment.participant_id)
        .where(Participant.track == Track.SBAD, Enrollment.id.in_(queries.without_class()))
        .order_by(Enrollment.entered_on, Enrollment.id)
        .limit(AT_ONCE)
    ).all()
    ids = [row.participant_id for row in rows]
    about = f"class:{session.handle}"
    names = access.open_names(ids, Track.SBAD, by=by, why=Act.NAMES_SHOWN, about=about)
    ready = cleared(ids) if ids else set()
    waiting = queries.waiting(session.id)
    found = [
        (
            row.participant_id not in waiting,
            names[row.participant_id].sorted_by,
            Candidate(
                row.handle, row.number, names[row.participant_id].shown,
                NAMES.get(row.language, row.language), row.participant_id in waiting,
                row.participant_id in ready,
            ),
        )
        for row in rows
        if row.participant_id in names
    ]  # fmt: skip
    return [each[2] for each in sorted(found, key=lambda each: each[:2])]


def enrollments(handles: list[str], *, by: Staff) -> list[Enrollment]:
    """Return these enrollments, as far as they are within reach."""
    return list(
        db.session.scalars(
            select(Enrollment).where(
                Enrollment.handle.in_(handles),
                Enrollment.track == Track.SBAD,
                Enrollment.participant_id.in_(access.visible_to(by, Track.SBAD)),
            )
        ).unique()
    )
