"""Sum up what was done of what was asked: what may count if the case goes on elsewhere."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from diversion.audit.models import Act
from diversion.core.errors import NotYours
from diversion.core.tracks import Track
from diversion.enrollments.agreements.models import Agreement
from diversion.enrollments.agreements.queries import standing as agreement_of
from diversion.enrollments.conditions.queries import explain
from diversion.enrollments.conditions.rules import Fact, Standing
from diversion.enrollments.lifecycle import queries
from diversion.enrollments.lifecycle.models import Pause, TerminationNotice
from diversion.enrollments.models import Enrollment
from diversion.enrollments.queries import latest_of
from diversion.participants import access
from diversion.participants.identity import Identity
from diversion.staff.models import Staff


@dataclass(frozen=True)
class Summary:
    """What the paper says. Amounts and how money was settled are not on it."""

    identity: Identity
    enrollment: Enrollment
    agreement: Agreement | None
    standings: Sequence[Standing]
    pauses: Sequence[Pause]
    notice: TerminationNotice | None
    days: int

    def facts(self, each: Standing) -> list[Fact]:
        """Return what counted toward a condition, in the order it happened."""
        return sorted(
            (fact for fact in each.evidence if fact.quantity > 0), key=lambda f: f.happened_on
        )


def summary(number: str, *, by: Staff, on: date) -> Summary:
    """Open the summary of somebody's latest enrollment. Inside `with reading():`."""
    opened = access.open_file(number, Track.SBAD, by=by, why=Act.PAPER_PRINTED)
    enrollment = latest_of(opened.participant.id)
    if enrollment is None or enrollment.active_on is None:
        raise NotYours
    until = enrollment.closed_on or on
    return Summary(
        opened.identity, enrollment, agreement_of(enrollment.id), explain(enrollment),
        queries.pauses(enrollment.id), next(iter(queries.notices(enrollment.id)), None),
        max(0, (until - enrollment.active_on).days),
    )  # fmt: skip
