"""Say which class day is next for people of this side."""

from collections.abc import Collection
from datetime import date

from diversion.core.tracks import Track
from diversion.sbad.rosters.queries import next_days as class_days

TRACK = Track.SBAD


def next_days(participant_ids: Collection[int], *, on: date) -> dict[int, date]:
    """Return the next class day of each person from `on` onward; who has none is left out."""
    return class_days(participant_ids, on=on)
