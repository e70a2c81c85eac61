"""Find fee schedules with their lines."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from diversion.core.database import db
from diversion.core.tracks import Track
from diversion.fees.schedules.models import FeeLine, FeeSchedule, LineKind, Office


def listed(track: Track) -> Sequence[FeeSchedule]:
    """Return the schedules of a track, the latest first: two statements."""
    query = (
        select(FeeSchedule)
        .where(FeeSchedule.track == track)
        .options(selectinload(FeeSchedule.lines))
        .order_by(FeeSchedule.in_force_on.desc())
    )
    return db.session.scalars(query).all()


def collects_state_fee(on: date) -> bool:
    """Say whether this office takes the state's fee of those who enter on a day or later."""
    begun = select(func.max(FeeSchedule.in_force_on)).where(FeeSchedule.in_force_on <= on)
    query = (
        select(FeeLine.id)
        .join(FeeSchedule, FeeSchedule.id == FeeLine.schedule_id)
        .where(FeeLine.kind == LineKind.STATUTORY, FeeLine.is_on)
        .where(FeeLine.office == Office.PROGRAM_OFFICE)
        .where(FeeSchedule.in_force_on >= func.coalesce(begun.scalar_subquery(), on))
    )
    return db.session.scalar(query.limit(1)) is not None
