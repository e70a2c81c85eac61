"""Answer who reaches whom, and who must not."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Select, or_, select

from diversion.core.database import db
from diversion.core.tracks import Track
from diversion.participants.assignments.models import Assignment, Block, Reason
from diversion.participants.models import Participant
from diversion.staff.models import Staff


def assigned_to(staff: Staff, track: Track, *, on: date) -> Select[int]:
    """Return the ids of the people whom `staff` is given on a court day.

    An assignment that was ended counts no more, also on the day of its end.
    """
    return select(Assignment.participant_id).where(
        Assignment.staff_id == staff.id,
        Assignment.track == track,
        Assignment.starts_on <= on,
        or_(Assignment.ends_on.is_(None), Assignment.ends_on >= on),
        Assignment.ended_at.is_(None),
    )


def blocked_for(staff: Staff, track: Track) -> Select[int]:
    """Return the ids of the people whom `staff` must not see."""
    return select(Block.participant_id).where(
        Block.staff_id == staff.id, Block.track == track, Block.lifted_at.is_(None)
    )


def given(participant: Participant, *, on: date) -> Sequence[Assignment]:
    """Return what gives somebody a person's record on a court day or later, in order."""
    return db.session.scalars(
        select(Assignment)
        .where(
            Assignment.participant_id == participant.id,
            Assignment.track == participant.track,
            or_(Assignment.ends_on.is_(None), Assignment.ends_on >= on),
            Assignment.ended_at.is_(None),
        )
        .order_by(Assignment.id)
    ).all()


def kept_from(participant: Participant) -> Sequence[Block]:
    """Return who must not see a person's record now, in order."""
    return db.session.scalars(
        select(Block)
        .where(
            Block.participant_id == participant.id,
            Block.track == participant.track,
            Block.lifted_at.is_(None),
        )
        .order_by(Block.id)
    ).all()


def standing_of(participant: Participant, *, on: date) -> list[tuple[int, Reason]]:
    """Return who is given a person's record on a court day, and why, in order."""
    rows = db.session.execute(
        select(Assignment.staff_id, Assignment.reason)
        .where(
            Assignment.participant_id == participant.id,
            Assignment.track == participant.track,
            Assignment.starts_on <= on,
            or_(Assignment.ends_on.is_(None), Assignment.ends_on >= on),
            Assignment.ended_at.is_(None),
        )
        .order_by(Assignment.id)
    )
    return [(row.staff_id, row.reason) for row in rows]
