"""Collect what comes next for people, from all rooms of this track."""

from collections.abc import Collection
from datetime import date


def next_days(participant_ids: Collection[int], *, on: date) -> dict[int, date]:
    """Return the next date of each person from `on` onward; who has none is left out."""
    return {}
