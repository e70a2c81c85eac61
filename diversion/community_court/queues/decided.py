"""List what the judge decided, and lay out one decision with everything that came before it."""

from dataclasses import dataclass
from datetime import date

from diversion.audit.models import Act
from diversion.community_court.appearances import decisions
from diversion.community_court.appearances.models import Decision, MissedDecision, Outcome
from diversion.core.tracks import Track
from diversion.participants.access import open_names, visible_to
from diversion.participants.queries import numbers_of
from diversion.staff.models import Staff
from diversion.staff.queries import names_of

TRACK = Track.COMMUNITY_COURT
SHOWN = 50


@dataclass(frozen=True)
class Decided:
    """Someone who did not appear on a day, and the decision that holds about it."""

    number: str
    name: str
    missed_on: date
    outcome: str
    decision: Decision
    decided_on: date


@dataclass(frozen=True)
class Course:
    """Every row about one line, first to last, and whoever wrote them."""

    number: str
    name: str
    rows: list[MissedDecision]
    writers: dict[int, str]
    standing: MissedDecision | None


def listed(*, by: Staff) -> list[Decided]:
    """Return the latest decisions that hold. Inside `with reading():`."""
    rows = decisions.latest(visible_to(by, TRACK), limit=SHOWN)
    ids = list({row.participant_id for row in rows})
    names = open_names(ids, TRACK, by=by, why=Act.NAMES_SHOWN, about="list:decided")
    numbers = numbers_of(TRACK, ids)
    return [
        Decided(numbers[person], names[person].shown, missed_on, outcome, what, decided_on)
        for outcome, missed_on, person, what, decided_on in rows
        if person in names
    ]


def course(outcome: Outcome, *, by: Staff) -> Course:
    """Return what was decided and withdrawn about one line. Inside `with reading():`."""
    person = outcome.participant_id
    names = open_names(
        [person], TRACK, by=by, why=Act.NAMES_SHOWN, about=f"outcome:{outcome.handle}"
    )
    rows = decisions.on(outcome.id)
    return Course(
        numbers_of(TRACK, [person])[person], names[person].shown, rows,
        names_of({row.recorded_by for row in rows}), decisions.standing(outcome.id),
    )  # fmt: skip
