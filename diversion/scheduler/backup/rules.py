"""Say which backups are kept."""

from collections.abc import Mapping
from datetime import datetime, timedelta

DAYS = 14
MONTHS = 13
KEYS_KEPT = timedelta(days=35)


def to_delete(made: Mapping[str, datetime], *, keep_days: int = DAYS) -> set[str]:
    """Return the backups that are no longer kept: all but the newest of each of the last days
    and the newest of each of the last months."""
    newest_first = sorted(made, key=lambda name: made[name], reverse=True)
    by_day: dict[str, str] = {}
    by_month: dict[str, str] = {}
    for name in newest_first:
        by_day.setdefault(made[name].strftime("%Y-%m-%d"), name)
        by_month.setdefault(made[name].strftime("%Y-%m"), name)
    kept = set(list(by_day.values())[:keep_days]) | set(list(by_month.values())[:MONTHS])
    return set(made) - kept


def keys_to_delete(made: Mapping[str, datetime], *, now: datetime) -> set[str]:
    """Return the files of data keys that are past their life; the newest always stays.

    What is destroyed today is thereby in no backup after 35 days.
    """
    newest = max(made, key=lambda name: made[name], default=None)
    return {name for name, at in made.items() if now - at > KEYS_KEPT and name != newest}
