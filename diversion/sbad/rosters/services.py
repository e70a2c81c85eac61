"""Give out the seats of a class: no more than there are, whoever asks at the same moment."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import func, select

from diversion.audit.models import Act
from diversion.audit.services import record
from diversion.core.database import db
from diversion.core.errors import NotYours, Refused
from diversion.core.tracks import Track
from diversion.core.words import _
from diversion.enrollments.codes import EnrollmentState
from diversion.enrollments.models import Enrollment
from diversion.sbad.classes import queries as classes
from diversion.sbad.classes.models import ClassSession, ClassState
from diversion.sbad.classes.rules import TAKES_PEOPLE
from diversion.sbad.classes.services import ClassIsOver
from diversion.sbad.rosters import queries
from diversion.sbad.rosters.models import (
    SEATED,
    Accommodation,
    Rebooking,
    Registration,
    RegistrationState,
    WalkIn,
)
from diversion.staff.models import Staff

BEFORE_THE_CLASS = frozenset({EnrollmentState.PENDING, EnrollmentState.ACTIVE})


class ClassIsFull(Refused):
    """A class has as many seats as it has."""

    sentence = _("The class is full. Put the people on the waiting list, or choose another class.")
    field = "people"


class RegistrationNotOpen(Refused):
    """A draft takes nobody yet, and a class whose registration is closed nobody more."""

    sentence = _("Registration for this class is not open.")
    field = "people"


class NotEnrolled(Refused):
    """A seat is for someone who is enrolled and has the class still before them."""

    sentence = _("Only people who are enrolled and still need the class can be registered.")
    field = "people"


class NotHeld(Refused):
    """Only a held seat is confirmed."""

    sentence = _("This seat is no longer held.")


class AlreadySettled(Refused):
    """A walk-in is settled once."""

    sentence = _("This walk-in is settled already.")


class TwoClasses(Refused):
    """One person is in one class a day."""

    sentence = _("Someone of these is registered for another class on that day.")
    field = "people"


def register(
    session: ClassSession,
    enrollments: Sequence[Enrollment],
    *,
    cleared: Collection[int],
    waiting: bool = False,
    accommodation: Accommodation = Accommodation.NONE,
    by: Staff,
    now: datetime,
) -> list[Registration]:
    """Register people for a class day, all of them or none.

    `cleared` are the ids of participants whose fee is paid, in a plan or waived: the others'
    seats are held, not confirmed. Raises ClassIsOver, ClassIsFull, NotEnrolled, TwoClasses.
    """
    session = classes.locked(session.id)
    _check_open(session)
    _check(session, enrollments)
    known = {each.participant_id: each for each in queries.of_session(session.id)}
    fresh = [e for e in enrollments if not _has_place(known.get(e.participant_id), waiting)]
    if not waiting and _seats_taken(session.id) + len(fresh) > session.capacity:
        raise ClassIsFull
    made, new = [], []
    for enrollment in fresh:
        row = known.get(enrollment.participant_id)
        if row is None:
            row = _new(session, enrollment, now, by)
            new.append(row)
        row.enrollment_id, row.registered_at = enrollment.id, now
        row.state = _state(enrollment, cleared, waiting)
        if accommodation is not Accommodation.NONE:
            row.accommodation = accommodation
        made.append(row)
    db.session.flush()
    _link(new)
    for row in made:
        log(Act.REGISTRATION_MADE, session, row, by)
    return made


def seat(
    session: ClassSession, rows: Sequence[Registration], enrollments: Mapping[int, Enrollment], *,
    cleared: Collection[int], by: Staff, now: datetime,
) -> list[Registration]:  # fmt: skip
    """Give a seat to people who wait for one; the caller has counted the seats under lock."""
    for row in rows:
        row.state = _state(enrollments[row.enrollment_id], cleared, False)
        row.registered_at = now
    db.session.flush()
    for row in rows:
        log(Act.REGISTRATION_MADE, session, row, by)
    return list(rows)


def take_over(
    session: ClassSession, enrollment: Enrollment, *, accommodation: Accommodation,
    by: Staff, now: datetime,
) -> Registration:  # fmt: skip
    """Register someone as an old list has it, whatever the seats."""
    row = _new(session, enrollment, now, by)
    row.state, row.accommodation = RegistrationState.CONFIRMED, accommodation
    db.session.flush()
    log(Act.REGISTRATION_MADE, session, row, by)
    return row


def confirm(registration: Registration, *, by: Staff) -> None:
    """Confirm a held seat. Raises NotHeld."""
    if registration.state is not RegistrationState.HELD:
        raise NotHeld
    registration.state = RegistrationState.CONFIRMED
    db.session.flush()
    log(Act.REGISTRATION_CONFIRMED, registration.class_session, registration, by)


def cancel(registration: Registration, *, by: Staff) -> None:
    """Give a seat back. Raises ClassIsOver once the roll is finished."""
    session = classes.locked(registration.class_session_id)
    if session.is_over:
        raise ClassIsOver
    registration.state = RegistrationState.CANCELLED
    db.session.flush()
    log(Act.REGISTRATION_CANCELLED, session, registration, by)


def note_walk_in(session: ClassSession, line: int, *, by: Staff, now: datetime) -> WalkIn:
    """Write down that line `line` of the paper sheet is someone without a registration.

    The same line again is the same walk-in. Raises ClassIsOver.
    """
    session = classes.locked(session.id)
    if session.is_over:
        raise ClassIsOver
    known = queries.walk_in(session.id, line)
    if known is not None:
        return known
    made = WalkIn(class_session_id=session.id, line=line, noted_at=now, noted_by=by.id)
    db.session.add(made)
    db.session.flush()
    record(Act.WALK_IN_NOTED, f"class:{session.handle}", by=by, track=Track.SBAD, line=line)
    return made


def settle_walk_in(
    walk_in: WalkIn, registration: Registration | None, *, by: Staff, now: datetime
) -> None:
    """Say who a walk-in was, or (None) that the person was sent away.

    Raises AlreadySettled, NotYours.
    """
    if walk_in.settled_at is not None:
        raise AlreadySettled
    if registration is not None and registration.class_session_id != walk_in.class_session_id:
        raise NotYours
    walk_in.registration_id = registration.id if registration else None
    walk_in.settled_at, walk_in.settled_by = now, by.id
    db.session.flush()
    record(Act.WALK_IN_SETTLED, f"walk_in:{walk_in.handle}", by=by, track=Track.SBAD)


def takes_people(session: ClassSession) -> bool:
    """Say whether anybody can get a seat of a class day, or a place in its line."""
    return session.state in TAKES_PEOPLE and not session.is_over


def _check_open(session: ClassSession) -> None:
    if session.is_over:
        raise ClassIsOver
    if not takes_people(session):
        raise RegistrationNotOpen


def _check(session: ClassSession, enrollments: Sequence[Enrollment]) -> None:
    for each in enrollments:
        if each.track is not Track.SBAD or each.state not in BEFORE_THE_CLASS:
            raise NotEnrolled
    keep_one_class_a_day(session, [each.participant_id for each in enrollments])


def keep_one_class_a_day(
    session: ClassSession, participant_ids: Sequence[int], *, field: str | None = None
) -> None:
    """Raises TwoClasses if one of them has a seat in another class of that day."""
    elsewhere = select(func.count()).select_from(Registration).join(ClassSession).where(
        Registration.participant_id.in_(participant_ids),
        Registration.state.in_(SEATED),
        ClassSession.held_on == session.held_on,
        ClassSession.id != session.id,
        ClassSession.state != ClassState.CANCELLED,
    )  # fmt: skip
    if db.session.scalar(elsewhere):
        raise TwoClasses(field=field)


def _has_place(known: Registration | None, waiting: bool) -> bool:
    """Someone seated stays seated; someone waiting is not made to wait twice."""
    if known is None:
        return False
    return known.is_seated or (waiting and known.state is RegistrationState.WAITLISTED)


def _seats_taken(session_id: int) -> int:
    taken = select(func.count()).where(
        Registration.class_session_id == session_id, Registration.state.in_(SEATED)
    )
    return db.session.scalar(taken) or 0


def _link(new: Sequence[Registration]) -> None:
    """Link new seats to the latest earlier ones of the same enrollments: they make up for them."""
    if not new:
        return
    earlier = select(func.max(Registration.id), Registration.enrollment_id).where(
        Registration.enrollment_id.in_([row.enrollment_id for row in new]),
        Registration.id.not_in([row.id for row in new]),
        Registration.state.in_([*SEATED, RegistrationState.REBOOKED]),
    )
    latest = {
        enrollment_id: id_
        for id_, enrollment_id in db.session.execute(earlier.group_by(Registration.enrollment_id))
    }
    for row in new:
        if row.enrollment_id in latest:
            db.session.add(Rebooking(registration_id=row.id, follows_id=latest[row.enrollment_id]))
    db.session.flush()


def _new(session: ClassSession, enrollment: Enrollment, now: datetime, by: Staff) -> Registration:
    made = Registration(
        class_session_id=session.id, enrollment_id=enrollment.id,
        participant_id=enrollment.participant_id, track=Track.SBAD,
        state=RegistrationState.HELD, accommodation=Accommodation.NONE,
        registered_at=now, registered_by=by.id,
    )  # fmt: skip
    made.class_session = session
    db.session.add(made)
    return made


def _state(enrollment: Enrollment, cleared: Collection[int], waiting: bool) -> RegistrationState:
    if waiting:
        return RegistrationState.WAITLISTED
    ready = enrollment.state is EnrollmentState.ACTIVE and enrollment.participant_id in cleared
    return RegistrationState.CONFIRMED if ready else RegistrationState.HELD


def log(act: Act, session: ClassSession, row: Registration, by: Staff) -> None:
    """Write down what became of a seat."""
    record(
        act, f"class:{session.handle}", f"registration:{row.handle}",
        by=by, track=Track.SBAD, state=row.state.value,
    )  # fmt: skip
