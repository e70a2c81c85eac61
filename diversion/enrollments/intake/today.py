"""Say on the Today page which intakes wait to be finished; by number, never by name."""

from flask import url_for
from sqlalchemy import func, select

from diversion.core.database import db
from diversion.core.tracks import Track
from diversion.core.words import _
from diversion.enrollments.intake import queries
from diversion.enrollments.standing import place
from diversion.participants.access import visible_to
from diversion.staff.models import Staff
from diversion.web.filters import day
from diversion.web.today import Block, Row

SHOWN = 3


def unfinished(staff: Staff, track: Track, room: str) -> Block:
    """Return the block of intakes under way; `room` is the track's endpoint of intakes."""
    waiting = queries.under_way(track, visible_to(staff, track))
    count = db.session.scalar(select(func.count()).select_from(waiting.order_by(None).subquery()))
    rows = db.session.execute(waiting.limit(SHOWN)).all()
    return Block(
        _("Intakes"),
        count,
        url_for(f"{room}.under_way"),
        _("See all"),
        tuple(
            Row(
                row.number,
                url_for(f"{room}.show", handle=row.handle),
                _("Referred {day}", day=day(row.referred_on)),
                tag=place(row.enrollment_state, row.state).words,
                tone="plain",
                button=_("Continue"),
            )
            for row in rows
        ),
        note="" if count else _("No intake is under way."),
    )
