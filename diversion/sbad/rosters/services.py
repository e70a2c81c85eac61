"""Give out the seats of a class: no more than there are, whoever asks at the same moment."""

from collections.abc import Collection, Sequence
from datetime import datetime

from diversion.audit.models import Act
from diversion.audit.services import record
from diversion.core.database import db
from diversion.core.tracks import Track
from diversion.enrollments.models import Enrollment
from diversion.enrollments.services import hold_all
from diversion.sbad.classes import queries as classes
from diversion.sbad.classes.models import ClassSession
from diversion.sbad.rosters import claims, needs, queries, rules
from diversion.sbad.rosters.models import Accommodation, Rebooking, Registration, RegistrationState
from diversion.staff.models import Staff


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
    """Register people for a class day, or put them on its waiting list, all of them or none.

    `cleared` are the ids of participants whose fee is paid, in a plan or waived: the others'
    seats are held, not confirmed. Return whom it gave something new.
    Raises ClassIsOver, RegistrationNotOpen, NotEnrolled, TwoClasses, SeatElsewhere, ClassIsFull.
    """
    session = classes.locked(session.id)
    _check(session, enrollments)
    known = {each.participant_id: each for each in queries.of_session(session.id)}
    fresh = [each for each in enrollments if not _keeps_place(known, each, waiting)]
    if not waiting:
        rules.check_room(queries.seats_taken(session.id), len(fresh), session.capacity)
    claims.check_free(fresh, waiting=waiting)
    wanted = needs.wanted([each.participant_id for each in fresh], accommodation)
    made = [known.get(each.participant_id) or _new(session, each, by, now) for each in fresh]
    for row, enrollment in zip(made, fresh, strict=True):
        row.enrollment_id, row.registered_at = enrollment.id, now
        row.state = _state(enrollment, cleared, waiting)
        row.accommodation = wanted[row.participant_id]
    db.session.flush()
    _link([row for row in made if row.participant_id not in known])
    for row in made:
        log(Act.REGISTRATION_MADE, session, row, by)
    return made


def take_over(
    session: ClassSession, enrollment: Enrollment, *, accommodation: Accommodation,
    by: Staff, now: datetime,
) -> Registration:  # fmt: skip
    """Register someone as an old list has it, whatever the seats."""
    row = _new(session, enrollment, by, now)
    row.state, row.accommodation = RegistrationState.CONFIRMED, accommodation
    db.session.flush()
    log(Act.REGISTRATION_MADE, session, row, by)
    return row


def confirm(registration: Registration, *, by: Staff) -> None:
    """Confirm a held seat. Raises ClassIsOver, NoSeatHere, NotHeld."""
    session = claims.latest(registration)
    if registration.state is not RegistrationState.HELD:
        raise rules.NotHeld
    registration.state = RegistrationState.CONFIRMED
    db.session.flush()
    log(Act.REGISTRATION_CONFIRMED, session, registration, by)


def cancel(registration: Registration, *, by: Staff) -> None:
    """Give a seat back. Raises ClassIsOver once the roll is finished, NoSeatHere."""
    session = claims.latest(registration)
    registration.state = RegistrationState.CANCELLED
    db.session.flush()
    log(Act.REGISTRATION_CANCELLED, session, registration, by)


def keep_one_class_a_day(
    session: ClassSession, participant_ids: Sequence[int], *, field: str | None = None
) -> None:
    """Raises TwoClasses if one of them has a seat in another class of that day."""
    if queries.seated_elsewhere(session, participant_ids):
        raise rules.TwoClasses(field=field)


def log(act: Act, session: ClassSession, row: Registration, by: Staff) -> None:
    """Write down what became of a seat."""
    record(
        act, f"class:{session.handle}", f"registration:{row.handle}",
        by=by, track=Track.SBAD, state=row.state.value,
    )  # fmt: skip


def _check(session: ClassSession, enrollments: Sequence[Enrollment]) -> None:
    rules.check_open(session.state)
    hold_all([each.id for each in enrollments])
    for each in enrollments:
        rules.check_enrolled(each.track, each.state)
    keep_one_class_a_day(session, [each.participant_id for each in enrollments])


def _keeps_place(known: dict[int, Registration], enrollment: Enrollment, waiting: bool) -> bool:
    row = known.get(enrollment.participant_id)
    return row is not None and rules.keeps_place(row.state, waiting=waiting)


def _new(session: ClassSession, enrollment: Enrollment, by: Staff, now: datetime) -> Registration:
    made = Registration(
        **enrollment.whose, class_session_id=session.id, state=RegistrationState.HELD,
        accommodation=Accommodation.NONE, registered_at=now, registered_by=by.id,
    )  # fmt: skip
    made.class_session = session
    db.session.add(made)
    return made


def _state(enrollment: Enrollment, cleared: Collection[int], waiting: bool) -> RegistrationState:
    if waiting:
        return RegistrationState.WAITLISTED
    return rules.seat_for(enrollment.state, is_cleared=enrollment.participant_id in cleared)


def _link(new: Sequence[Registration]) -> None:
    """Link new seats to the latest earlier ones of the same enrollments: they make up for them."""
    latest = queries.earlier_seats(new) if new else {}
    for row in new:
        if row.enrollment_id in latest:
            db.session.add(Rebooking(registration_id=row.id, follows_id=latest[row.enrollment_id]))
    db.session.flush()
