"""Say what stands between the last requirement and the sign-off."""

from datetime import date

from diversion.core.errors import Refused
from diversion.core.words import _
from diversion.enrollments.codes import RecordResult


class NotChecked(Refused):
    """Nobody is signed off before the record is looked at, once the period is over."""

    sentence = _("Not yet: the record was not looked at since the waiting period ended.")


class NotClear(Refused):
    """An arrest or no clear answer is for a person to weigh, never signed off."""

    sentence = _("Not yet: the latest look at the record was not clear.")


def check_record(
    result: RecordResult | None, checked_on: date | None, period_ends_on: date | None
) -> None:
    """Raises NotChecked, NotClear. Without a waiting period any clear look counts."""
    if result is None or checked_on is None:
        raise NotChecked
    if period_ends_on is not None and checked_on < period_ends_on:
        raise NotChecked
    if result is not RecordResult.CLEAR:
        raise NotClear
