"""Say who could be put on a docket day."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from diversion.audit.models import Act
from diversion.community_court.appearances.models import Setting
from diversion.community_court.appearances.queries import next_dates
from diversion.core.database import db
from diversion.core.tracks import Track
from diversion.enrollments.models import OPEN, Enrollment
from diversion.participants.access import open_names, visible_to
from diversion.participants.models import Participant
from diversion.staff.models import Staff

TRACK = Track.COMMUNITY_COURT
MOST = 300


@dataclass(frozen=True)
class Candidate:
    """Someone in the program, with the next date they have already."""

    id: int
    number: str
    name: str
    next_on: date | None


def candidates(docket_id: int, *, by: Staff, today: date) -> list[Candidate]:
    """Return who is in the program and not on this day: those without a date first, by name.

    Inside `with reading():`.
    """
    there = select(Setting.participant_id).where(
        Setting.docket_id == docket_id, Setting.vacated_at.is_(None)
    )
    rows = db.session.execute(
        select(Participant.id, Participant.number)
        .join(Enrollment, Enrollment.participant_id == Participant.id)
        .where(
            Enrollment.state.in_(OPEN),
            Participant.id.in_(visible_to(by, TRACK)),
            Participant.id.not_in(there),
        )
        .order_by(Participant.id)
        .limit(MOST)
    ).all()
    ids = [row.id for row in rows]
    names = open_names(ids, TRACK, by=by, why=Act.NAMES_SHOWN, about="list:candidates")
    dates = next_dates(ids, today)
    found = [
        (names[row.id].sorted_by, Candidate(row.id, row.number, names[row.id].shown,
                                            dates[row.id][0] if row.id in dates else None))
        for row in rows if row.id in names
    ]  # fmt: skip
    found.sort(key=lambda each: (each[1].next_on is not None, each[0]))
    return [candidate for _name, candidate in found]
