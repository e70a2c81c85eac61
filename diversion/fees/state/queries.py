"""Find what the state asks of somebody, where it is collected, and what was noted of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from diversion.core.database import db
from diversion.core.finding import the_one
from diversion.core.money import ZERO, Money
from diversion.enrollments import queries as enrollments
from diversion.enrollments.models import Enrollment
from diversion.fees.schedules.models import FeeLine, FeeSchedule, LineKind, Office
from diversion.fees.schedules.services import in_force
from diversion.fees.state.models import Noted, StateFeeNote
from diversion.fees.state.taken import taken_of


@dataclass(frozen=True)
class StateFee:
    """The state's fee of one enrollment: how much, who collects it, and what of it is done."""

    enrollment: Enrollment
    amount: Money
    office: Office
    noted: Money
    taken: Money

    @property
    def done(self) -> Money:
        return self.noted + self.taken

    @property
    def open(self) -> Money:
        return max(self.amount - self.done, ZERO)


def of_participant(participant_id: int) -> StateFee | None:
    """Return what the state asks of a person; None where the county has the fee switched off.

    What counts is the schedule of the day on which the person entered the program.
    """
    found = enrollments.latest_of(participant_id)
    line = _line(in_force(found.track, found.entered_on)) if found is not None else None
    if found is None or line is None:
        return None
    stands = standing(notes_of(participant_id))
    noted = Money.total(each.amount for each in stands if each.enrollment_id == found.id)
    return StateFee(found, line.amount, line.office, noted, taken_of(found.id))


def _line(schedule: FeeSchedule | None) -> FeeLine | None:
    lines = schedule.lines if schedule is not None else ()
    return next((x for x in lines if x.kind is LineKind.STATUTORY and x.is_on), None)


def notes_of(participant_id: int) -> Sequence[StateFeeNote]:
    """Return all that was noted of a person, the oldest first."""
    query = select(StateFeeNote).where(StateFeeNote.participant_id == participant_id)
    return db.session.scalars(query.order_by(StateFeeNote.id)).all()


def standing(notes: Sequence[StateFeeNote]) -> list[StateFeeNote]:
    """Return the notes that were no mistake."""
    back = {each.takes_back_id for each in notes}
    return [x for x in notes if x.kind is not Noted.TAKEN_BACK and x.id not in back]


def note(handle: str) -> StateFeeNote:
    """Return a note by its handle. Raises NotYours."""
    return the_one(select(StateFeeNote).where(StateFeeNote.handle == handle))
