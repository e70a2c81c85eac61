"""Make a calendar link, end it, and say whose it is."""

import secrets
from datetime import datetime

from sqlalchemy import select

from diversion.audit.models import Act
from diversion.audit.services import record
from diversion.core.database import db
from diversion.core.errors import NotYours
from diversion.core.finding import the_one
from diversion.core.tracks import Track
from diversion.staff.feeds.models import CalendarFeed
from diversion.staff.models import Staff
from diversion.staff.sessions import hashed


def live(staff: Staff, track: Track) -> CalendarFeed | None:
    return db.session.scalars(
        select(CalendarFeed).where(
            CalendarFeed.staff_id == staff.id, CalendarFeed.track == track,
            CalendarFeed.ended_at.is_(None),
        )
    ).one_or_none()  # fmt: skip


def make(staff: Staff, track: Track, *, now: datetime) -> str:
    """Return a new token, which ends the one before; it can't be shown again."""
    db.session.execute(select(Staff.id).where(Staff.id == staff.id).with_for_update(key_share=True))
    end(staff, track, now=now)
    token = secrets.token_urlsafe(32)
    made = CalendarFeed(staff_id=staff.id, track=track, token_hash=hashed(token), made_at=now)
    db.session.add(made)
    db.session.flush()
    record(Act.CALENDAR_LINK_MADE, f"staff:{staff.handle}", by=staff, track=track)
    return token


def end(staff: Staff, track: Track, *, now: datetime) -> None:
    """Let the link show nothing from now on; twice is once."""
    known = live(staff, track)
    if known is not None:
        known.ended_at = now
        db.session.flush()
        record(Act.CALENDAR_LINK_ENDED, f"staff:{staff.handle}", by=staff, track=track)


def holder(token: str, track: Track) -> Staff:
    """Return whose link it is, on that side. Raises NotYours."""
    feed = the_one(
        select(CalendarFeed).where(
            CalendarFeed.token_hash == hashed(token), CalendarFeed.track == track,
            CalendarFeed.ended_at.is_(None),
        )
    )  # fmt: skip
    staff = db.session.get(Staff, feed.staff_id)
    if staff is None or staff.locked_at is not None or track not in staff.sides():
        raise NotYours
    staff.active_track = track
    return staff
