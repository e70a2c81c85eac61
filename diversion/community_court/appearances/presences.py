"""Ask how people appeared on their latest dates."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import select

from diversion.community_court.appearances.models import Outcome, Presence
from diversion.community_court.appearances.queries import holds
from diversion.core.database import db


def presences_of(
    participant_ids: Iterable[int], before: date, *, limit: int
) -> dict[int, list[Presence]]:
    """Return how each of these people appeared on their latest dates, oldest first."""
    rows = db.session.execute(
        select(Outcome.participant_id, Outcome.presence)
        .where(
            Outcome.participant_id.in_(list(participant_ids)),
            Outcome.happened_on < before,
            Outcome.presence.is_not(None),
            holds(),
        )
        .order_by(Outcome.happened_on, Outcome.id)
    )
    found: dict[int, list[Presence]] = {}
    for row in rows:
        found.setdefault(row.participant_id, []).append(row.presence)
    return {person: each[-limit:] for person, each in found.items()}
