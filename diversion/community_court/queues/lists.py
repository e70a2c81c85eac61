"""Ask what is left open: lines without a result, missed dates, people without a next date."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, exists, select

from diversion.audit.models import Act
from diversion.community_court.appearances import queries
from diversion.community_court.appearances.models import Setting
from diversion.community_court.appearances.queries import Line
from diversion.community_court.dockets.models import Docket
from diversion.core.database import db
from diversion.core.tracks import Track
from diversion.enrollments.codes import EnrollmentState
from diversion.enrollments.models import Enrollment
from diversion.participants.access import open_names, visible_to
from diversion.participants.models import Participant
from diversion.participants.queries import numbers_of
from diversion.staff.models import Staff

TRACK = Track.COMMUNITY_COURT
COMES_TO_COURT = (EnrollmentState.ACTIVE, EnrollmentState.REQUIREMENTS_MET)


@dataclass(frozen=True)
class Waiting:
    """Someone for whom something is open, since when, and the line it is about."""

    number: str
    name: str
    since_on: date
    docket: str = ""
    setting: str = ""
    outcome: str = ""


def without_outcome(*, by: Staff, today: date) -> list[Waiting]:
    """Return lines of past docket days without a result. Inside `with reading():`."""
    return _named(queries.without_outcome(today, visible_to(by, TRACK)), by, "without-outcome")


def missed(*, by: Staff) -> list[Waiting]:
    """Return who did not appear and waits for the judge. Inside `with reading():`."""
    return _named(queries.missed(visible_to(by, TRACK)), by, "missed")


def without_date(*, by: Staff, today: date) -> list[Waiting]:
    """Return who is in the program and has no date to come. Inside `with reading():`."""
    rows = db.session.execute(undated(visible_to(by, TRACK), today)).all()
    ids = [row.id for row in rows]
    names = open_names(ids, TRACK, by=by, why=Act.NAMES_SHOWN, about="list:without-date")
    return [
        Waiting(row.number, names[row.id].shown, row.entered_on) for row in rows if row.id in names
    ]


def undated(scope: Select[int], today: date) -> Select[int, str, date]:
    """Return the people of `scope` who come to court and have no date to come."""
    dated = (
        exists()
        .where(
            Setting.participant_id == Participant.id,
            Setting.vacated_at.is_(None),
            Docket.id == Setting.docket_id,
            Docket.held_on >= today,
        )
        .correlate(Participant)
    )
    return (
        select(Participant.id, Participant.number, Enrollment.entered_on)
        .join(Enrollment, Enrollment.participant_id == Participant.id)
        .where(
            Participant.track == TRACK,
            Participant.id.in_(scope),
            Enrollment.state.in_(COMES_TO_COURT),
            ~dated,
        )
        .order_by(Enrollment.entered_on, Participant.id)
    )


def _named(lines: Sequence[Line], by: Staff, about: str) -> list[Waiting]:
    ids = list({line.participant_id for line in lines})
    names = open_names(ids, TRACK, by=by, why=Act.NAMES_SHOWN, about=f"list:{about}")
    numbers = numbers_of(TRACK, ids)
    return [
        Waiting(
            numbers[line.participant_id], names[line.participant_id].shown, line.held_on,
            line.docket, line.handle, line.outcome or "",
        )
        for line in lines
        if line.participant_id in names
    ]  # fmt: skip
