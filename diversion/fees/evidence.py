"""Let the fee condition of an enrollment follow what is owed on it."""

from collections.abc import Iterable
from datetime import date

from diversion.core.money import ZERO
from diversion.enrollments.conditions import services as conditions
from diversion.enrollments.conditions.models import ConditionKind
from diversion.fees import queries
from diversion.staff.models import Staff


def follow(enrollments: Iterable[int], *, on: date, by: Staff) -> None:
    """Say to each enrollment whether anything is still owed on it."""
    for enrollment in sorted(set(enrollments)):
        kind, source = ConditionKind.FEE, f"fees:{enrollment}"
        if queries.owed_on(enrollment) == ZERO:
            conditions.add_evidence(enrollment, kind, source=source, happened_on=on, by=by)
        else:
            conditions.take_back(enrollment, kind, source=source, happened_on=on, by=by)
