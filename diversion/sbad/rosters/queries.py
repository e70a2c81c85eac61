"""Ask who is registered for what; names come from the one door, never from here."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import NamedTuple

from sqlalchemy import Select, and_, bindparam, func, select

from diversion.core.database import db, tuples
from diversion.core.finding import the_one
from diversion.core.tracks import Track
from diversion.enrollments.codes import ConditionKind, EnrollmentState
from diversion.enrollments.conditions.models import Condition, Evidence
from diversion.enrollments.models import Enrollment
from diversion.participants.models import Participant
from diversion.sbad.classes.models import ClassSession, ClassState
from diversion.sbad.classes.rules import TO_TEACH
from diversion.sbad.rosters.models import (
    SEATED,
    Accommodation,
    Registration,
    RegistrationState,
)


class Seat(NamedTuple):
    """A line of a roster, without a name."""

    id: int
    handle: str
    participant_id: int
    number: str
    language: str
    state: RegistrationState
    accommodation: Accommodation
    enrollment_id: int


def roster(session_id: int, *, states: Collection[RegistrationState] = SEATED) -> list[Seat]:
    """Return the lines of a class day: one statement."""
    values = {"session_id": session_id, "states": list(states)}
    return [Seat._make(row) for row in tuples(_ROSTER, values)]


_PERSON = and_(
    Participant.id == Registration.participant_id, Participant.track == Registration.track
)
_ROSTER = (
    select(
        Registration.id, Registration.handle, Registration.participant_id, Participant.number,
        Participant.language, Registration.state, Registration.accommodation,
        Registration.enrollment_id,
    )
    .join(Participant, _PERSON)
    .where(
        Registration.class_session_id == bindparam("session_id"),
        Registration.state.in_(bindparam("states", expanding=True)),
    )
    .order_by(Registration.registered_at, Registration.id)
)  # fmt: skip


def of_session(session_id: int) -> Sequence[Registration]:
    return db.session.scalars(select(Registration).filter_by(class_session_id=session_id)).all()


def registration_for(handle: str, session_id: int) -> Registration:
    """Return a registration of this class day. Raises NotYours for any other."""
    return the_one(select(Registration).filter_by(handle=handle, class_session_id=session_id))


def waiting(session_id: int) -> set[int]:
    """Return the ids of the people on the waiting list of a class day."""
    rows = select(Registration.participant_id).filter_by(
        class_session_id=session_id, state=RegistrationState.WAITLISTED
    )
    return set(db.session.scalars(rows))


def seats(session_ids: Collection[int]) -> dict[int, tuple[int, int]]:
    """Return for each class day how many seats are taken and how many people wait."""
    rows = db.session.execute(
        select(Registration.class_session_id, Registration.state, func.count())
        .where(Registration.class_session_id.in_(session_ids))
        .group_by(Registration.class_session_id, Registration.state)
    )
    found = dict.fromkeys(session_ids, (0, 0))
    for session_id, state, count in rows:
        taken, waiting = found[session_id]
        taken += count if state in SEATED else 0
        waiting += count if state is RegistrationState.WAITLISTED else 0
        found[session_id] = (taken, waiting)
    return found


def seats_taken(session_id: int) -> int:
    taken, _waiting = seats([session_id])[session_id]
    return taken


def earlier_seats(rows: Collection[Registration]) -> dict[int, int]:
    """Return, by enrollment, the latest seat that was had before these of the same enrollments.

    None where that class counts: one more class makes up for nothing.
    """
    found = db.session.execute(
        select(Registration.enrollment_id, func.max(Registration.id))
        .where(
            Registration.enrollment_id.in_([row.enrollment_id for row in rows]),
            Registration.id.not_in([row.id for row in rows]),
            Registration.state.in_([*SEATED, RegistrationState.REBOOKED]),
        )
        .group_by(Registration.enrollment_id)
    )
    latest = {row[0]: row[1] for row in found}
    count = _that_count(latest.values()) if latest else set()
    return {enrollment: seat for enrollment, seat in latest.items() if seat not in count}


def _that_count(registration_ids: Collection[int]) -> set[int]:
    """Return which of these seats were in a class that counts toward its condition."""
    of_class = and_(
        Evidence.enrollment_id == Registration.enrollment_id,
        Evidence.kind == ConditionKind.CLASS,
        Evidence.source == "class:" + ClassSession.handle,
    )
    rows = db.session.scalars(
        select(Registration.id)
        .join(ClassSession, ClassSession.id == Registration.class_session_id)
        .join(Evidence, of_class)
        .where(Registration.id.in_(registration_ids))
        .group_by(Registration.id)
        .having(func.sum(Evidence.quantity) > 0)
    )
    return set(rows)


def seated_elsewhere(session: ClassSession, participant_ids: Collection[int]) -> int:
    """Return how many of these people have a seat in another class of that day."""
    elsewhere = (
        select(func.count())
        .select_from(Registration)
        .join(ClassSession)
        .where(
            Registration.participant_id.in_(participant_ids),
            Registration.state.in_(SEATED),
            ClassSession.held_on == session.held_on,
            ClassSession.id != session.id,
            ClassSession.state != ClassState.CANCELLED,
        )
    )
    return db.session.scalar(elsewhere) or 0


@dataclass(frozen=True)
class Booked:
    """A class day of one person."""

    held_on: date
    starts: time
    state: RegistrationState
    class_state: ClassState
    registration_id: int
    class_session_id: int
    handle: str

    def is_to_come(self, on: date) -> bool:
        """Say whether somebody has a seat here in a class that is still to be held."""
        return self.held_on >= on and self.state in SEATED and self.class_state in TO_TEACH


def of_participant(participant_id: int) -> list[Booked]:
    """Return the class days of one person, the latest first."""
    rows = db.session.execute(
        select(
            ClassSession.held_on, ClassSession.starts, Registration.state,
            ClassSession.state, Registration.id, ClassSession.id, Registration.handle,
        )
        .join(Registration, Registration.class_session_id == ClassSession.id)
        .where(Registration.participant_id == participant_id)
        .order_by(ClassSession.held_on.desc(), ClassSession.id.desc())
    )  # fmt: skip
    return [Booked(*row) for row in rows]


def without_class() -> Select[int]:
    """Return the enrollments that need the class and have no seat in one to come."""
    return class_before_them().where(Enrollment.id.not_in(_seated()))


def _seated() -> Select[int]:
    return (
        select(Registration.enrollment_id)
        .join(ClassSession)
        .where(Registration.state.in_(SEATED), ClassSession.state.in_(TO_TEACH))
    )


def class_before_them() -> Select[int]:
    """Return the enrollments that need a class, or one more, with a seat or without.

    The terms may ask for several; what is excused is not asked for any more.
    """
    asked = (
        select(func.sum(Condition.quantity))
        .where(
            Condition.enrollment_id == Enrollment.id, Condition.kind == ConditionKind.CLASS,
            Condition.excused_on.is_(None),
        )
        .correlate(Enrollment)
        .scalar_subquery()
    )  # fmt: skip
    done = (
        select(func.coalesce(func.sum(Evidence.quantity), 0))
        .where(Evidence.enrollment_id == Enrollment.id, Evidence.kind == ConditionKind.CLASS)
        .correlate(Enrollment)
        .scalar_subquery()
    )
    return select(Enrollment.id).where(
        Enrollment.track == Track.SBAD,
        Enrollment.state.in_([EnrollmentState.PENDING, EnrollmentState.ACTIVE]),
        asked > done,
    )


def next_days(participant_ids: Collection[int], on: date) -> dict[int, date]:
    """Return the next class day of each person who has a seat in one from `on` onward."""
    if not participant_ids:
        return {}
    rows = db.session.execute(
        select(Registration.participant_id, func.min(ClassSession.held_on))
        .join(ClassSession, ClassSession.id == Registration.class_session_id)
        .where(
            Registration.participant_id.in_(participant_ids),
            Registration.state.in_(SEATED),
            ClassSession.state.in_(TO_TEACH),
            ClassSession.held_on >= on,
        )
        .group_by(Registration.participant_id)
    )
    return {row[0]: row[1] for row in rows}


def count_without_class(within: Select[int] | None = None) -> int:
    """Return how many people need the class and have no seat; of those `within`, if given."""
    rows = without_class()
    if within is not None:
        rows = rows.where(Enrollment.participant_id.in_(within))
    return db.session.scalar(select(func.count()).select_from(rows.subquery())) or 0
