"""Say from when everything that is asked can be true at once: a rule over facts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from diversion.enrollments.codes import ConditionKind
from diversion.enrollments.conditions.rules import AFTERWARDS, Standing


@dataclass(frozen=True)
class Facts:
    """What the rule has to know beside the standings.

    `offered` holds the first day for kinds that happen on days of their own, such as a class;
    None where no such day is planned. `lost` are days by which a running pause moves the period.
    """

    today: date
    period_ends_on: date | None
    offered: Mapping[ConditionKind, date | None]
    lost: int = 0
    clear_since: date | None = None


def possible(each: Standing, facts: Facts) -> date | None:
    """Return the first day on which one requirement can be true; today where it is already."""
    if each.met:
        return facts.today
    if each.kind in facts.offered:
        offered = facts.offered[each.kind]
        return None if offered is None else max(offered, facts.today)
    return facts.today


def period_over(facts: Facts) -> date:
    """Return the first day after the period without arrest; today where it is over."""
    if facts.period_ends_on is None:
        return facts.today
    return max(facts.today, facts.period_ends_on + timedelta(days=max(0, facts.lost)))


def record_clear(facts: Facts) -> date:
    """Return the first day on which the record can be known as clear since the period ended."""
    over = period_over(facts)
    since = facts.clear_since
    if since is not None and (facts.period_ends_on is None or since >= facts.period_ends_on):
        return facts.today if over <= facts.today else over
    return over


def all_together(standings: Iterable[Standing], facts: Facts) -> date | None:
    """Return the first day on which all of it can be true; None while something has no day."""
    days = [possible(each, facts) for each in standings if each.kind not in AFTERWARDS]
    days += [period_over(facts), record_clear(facts)]
    known = [day for day in days if day is not None]
    return max(known) if len(known) == len(days) else None
