"""Wrap the keys of persons with the newest key of their compartment, some at a time."""

from sqlalchemy import func, select, update

from diversion.core import keys
from diversion.core.database import db
from diversion.core.tracks import Track
from diversion.participants.models import DataKey

AT_ONCE = 1000  # so that nobody at work waits long for the lock


def waiting(track: Track) -> int:
    """Return how many persons' keys an older key of the compartment still wraps."""
    newest = keys.compartment(track).id
    query = select(func.count()).where(DataKey.track == track, DataKey.key_id != newest)
    return db.session.scalar(query) or 0


def rewrap_some(track: Track, *, most: int = AT_ONCE) -> int:
    """Wrap some of those that wait and return how many; the keys themselves stay as they are."""
    newest = keys.compartment(track)
    query = (
        select(DataKey.participant_id, DataKey.key_id, DataKey.wrapped)
        .where(DataKey.track == track, DataKey.key_id != newest.id)
        .order_by(DataKey.participant_id)
        .limit(most)
        .with_for_update()
    )
    rows = db.session.execute(query).all()
    for person, key_id, wrapped in rows:
        secret = keys.unwrap(keys.numbered(key_id).secret, wrapped)
        db.session.execute(
            update(DataKey)
            .where(DataKey.participant_id == person, DataKey.track == track)
            .values(key_id=newest.id, wrapped=keys.wrap(newest.secret, secret))
        )
    return len(rows)
