"""Plan class days and call them off."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from diversion.audit.models import Act
from diversion.audit.services import record
from diversion.core.database import db
from diversion.core.errors import Invalid
from diversion.core.tracks import Track
from diversion.core.words import _
from diversion.partners.venues import services as venues
from diversion.partners.venues.models import Compartment, Place
from diversion.sbad.classes import queries
from diversion.sbad.classes.models import ClassSession, ClassState, Course, CourseModule
from diversion.staff.models import Staff

COMPARTMENT = Compartment.B
USUAL = "One-day class"
MODULES = (("Law", 60), ("Health", 60), ("Harm", 60), ("Community", 60), ("Plan", 60))


class InThePast(Invalid):
    """A class is planned ahead; those held before these books come by an import."""

    sentence = _("Choose a day to come.")
    field = "held_on"


class EndsTooEarly(Invalid):
    """A class ends after it starts."""

    sentence = _("The class has to end after it starts.")
    field = "ends"


@dataclass(frozen=True)
class Plan:
    """A class day as someone wants it; times by the clock on the court's wall."""

    course: Course
    held_on: date
    starts: time
    ends: time
    place: Place | None
    capacity: int
    language: str
    instructors: Sequence[Staff]


def add_course(
    name: str, modules: Sequence[tuple[str, int]], *, grace_minutes: int = 15, by: Staff
) -> Course:
    """Add a course; each module is its name and its minutes."""
    made = Course(name=name, grace_minutes=grace_minutes)
    made.modules = [
        CourseModule(place=place, name=title, minutes=minutes)
        for place, (title, minutes) in enumerate(modules, start=1)
    ]
    db.session.add(made)
    db.session.flush()
    record(Act.COURSE_ADDED, f"course:{made.handle}", by=by)
    return made


def usual_course(*, by: Staff) -> Course:
    """Return the one-day course that a county begins with; it is made when first needed."""
    return queries.course_named(USUAL) or add_course(USUAL, MODULES, by=by)


def plan(wanted: Plan, *, draft: bool = False, zone: str, by: Staff, on: date) -> ClassSession:
    """Make a class day and book its room; a draft takes nobody until it is opened.

    `zone` is the court's, by its IANA name. Raises InThePast, EndsTooEarly, PlaceNotFree.
    """
    _check(wanted, on)
    made = _session(wanted)
    if draft:
        made.state = ClassState.DRAFT
    book(made, wanted, zone, by)
    made.instructors = list(wanted.instructors)
    db.session.add(made)
    db.session.flush()
    record(Act.CLASS_PLANNED, f"class:{made.handle}", by=by, track=Track.SBAD)
    return made


def amend(
    session: ClassSession, wanted: Plan, *, zone: str, by: Staff, on: date, now: datetime
) -> None:
    """Change room, hours, seats or who teaches; the old booking is given back.

    Seats may fall below the people registered: nobody loses a seat by it.
    Raises ClassIsOver, InThePast, EndsTooEarly, PlaceNotFree.
    """
    session.check_not_over()
    give_room_back(session, by=by, now=now)
    _check(wanted, on)
    for name in ("course", "starts", "ends", "place", "capacity", "language"):
        setattr(session, name, getattr(wanted, name))
    session.instructors, session.is_imported = list(wanted.instructors), False
    book(session, wanted, zone, by)
    db.session.flush()
    record(Act.CLASS_CHANGED, f"class:{session.handle}", by=by, track=Track.SBAD)


def take_over(course: Course, held_on: date, *, capacity: int, by: Staff) -> ClassSession:
    """Make a class day that an old list names; its hours are not known."""
    made = ClassSession(
        course=course, held_on=held_on, starts=time(9), ends=time(16), place_id=None,
        capacity=capacity, language="en", state=ClassState.OPEN, is_imported=True,
    )  # fmt: skip
    db.session.add(made)
    db.session.flush()
    record(Act.CLASS_PLANNED, f"class:{made.handle}", by=by, track=Track.SBAD, imported=1)
    return made


def call_off(session: ClassSession, *, by: Staff, now: datetime) -> None:
    """Cancel a class day and give its room back; nobody is marked absent.

    Raises ClassIsOver, WrongClassState.
    """
    session.check_not_over()
    session.move(ClassState.CANCELLED)
    give_room_back(session, by=by, now=now)
    db.session.flush()
    record(Act.CLASS_CALLED_OFF, f"class:{session.handle}", by=by, track=Track.SBAD)


def hours(held_on: date, starts: time, ends: time, zone: str) -> tuple[datetime, datetime]:
    """Return from when to when a class lasts, as instants."""
    wall = ZoneInfo(zone)
    first = datetime.combine(held_on, starts, wall).astimezone(UTC)
    return first, datetime.combine(held_on, ends, wall).astimezone(UTC)


def _check(wanted: Plan, on: date) -> None:
    if wanted.held_on < on:
        raise InThePast
    if wanted.ends <= wanted.starts:
        raise EndsTooEarly


def give_room_back(session: ClassSession, *, by: Staff, now: datetime) -> None:
    if session.booking is not None:
        venues.release(session.booking, by=by, now=now)
        session.booking_id = session.booking = None


def planned(session: ClassSession) -> Plan:
    """Return how a class day is planned now."""
    return Plan(
        session.course, session.held_on, session.starts, session.ends, session.place,
        session.capacity, session.language, session.instructors,
    )  # fmt: skip


def book(session: ClassSession, wanted: Plan, zone: str, by: Staff) -> None:
    """Book the room of a class day, if it has one. Raises PlaceNotFree."""
    if wanted.place is None:
        return
    starts_at, ends_at = hours(wanted.held_on, wanted.starts, wanted.ends, zone)
    booked = venues.book(wanted.place, starts_at, ends_at, compartment=COMPARTMENT, by=by)
    session.booking_id = booked.id


def _session(wanted: Plan) -> ClassSession:
    return ClassSession(
        course=wanted.course, held_on=wanted.held_on, starts=wanted.starts, ends=wanted.ends,
        place=wanted.place, capacity=wanted.capacity, language=wanted.language,
        state=ClassState.OPEN, is_imported=False,
    )  # fmt: skip
