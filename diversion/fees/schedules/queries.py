"""Find fee schedules with their lines."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from diversion.core.database import db
from diversion.core.tracks import Track
from diversion.fees.schedules.models import FeeSchedule


def listed(track: Track) -> Sequence[FeeSchedule]:
    """Return the schedules of a track, the latest first: two statements."""
    query = (
        select(FeeSchedule)
        .where(FeeSchedule.track == track)
        .options(selectinload(FeeSchedule.lines))
        .order_by(FeeSchedule.in_force_on.desc())
    )
    return db.session.scalars(query).all()
