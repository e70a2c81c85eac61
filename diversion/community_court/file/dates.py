"""Say which court day is next for people of this side."""

from collections.abc import Collection
from datetime import date

from diversion.community_court.appearances.queries import next_dates


def next_days(participant_ids: Collection[int], on: date) -> dict[int, date]:
    """Return the next court day of each person from `on` onward; who has none is left out."""
    return {who: day for who, (day, _at) in next_dates(participant_ids, on).items()}
