"""Make courses, class days, and people who are enrolled and registered."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time

from diversion.core import clock
from diversion.core.money import Money
from diversion.core.tracks import Track
from diversion.enrollments.lifecycle.services import take_over
from diversion.enrollments.models import Enrollment
from diversion.enrollments.terms.services import set_up
from diversion.partners.venues.models import Place
from diversion.sbad.classes import queries, services
from diversion.sbad.classes.models import ClassSession, Course
from diversion.sbad.rosters import services as rosters
from diversion.sbad.rosters.models import Registration
from diversion.staff.models import Staff
from diversion.staff.permissions import Role
from tests.factories.participants import make_participant
from tests.factories.staff import make_staff

ZONE = "America/Los_Angeles"
CLASS_DAY = date(2026, 11, 21)
MODULES = (("Law", 120), ("Health", 120), ("Community", 120))


def make_course(by: Staff) -> Course:
    return queries.course_named("One day") or services.add_course("One day", MODULES, by=by)


def make_class(
    by: Staff,
    *,
    held_on: date = CLASS_DAY,
    instructors: Sequence[Staff] = (),
    capacity: int = 30,
    place: Place | None = None,
    starts: time = time(9),
) -> ClassSession:
    """Plan a class day, as if it was done early in the year."""
    wanted = services.Plan(
        make_course(by), held_on, starts, time(16), place, capacity, "en", instructors
    )
    return services.plan(wanted, zone=ZONE, by=by, on=date(2026, 1, 1))


def make_enrolled(
    by: Staff, first: str = "Juniper", last: str = "Hale", **identity: object
) -> Enrollment:
    """Enroll a fictional person on this side, with terms of $500 if there are none."""
    set_up(sbad_fee=Money(50_000), in_force_on=date(2024, 1, 1), by=by)
    person = make_participant(Track.SBAD, first, last, by=by, **identity)
    return take_over(person, entered_on=date(2026, 9, 1), by=by, on=date(2026, 9, 1))


def make_registered(
    session: ClassSession, by: Staff, first: str = "Juniper", last: str = "Hale"
) -> Registration:
    enrollment = make_enrolled(by, first, last)
    (made,) = rosters.register(
        session, [enrollment], cleared={enrollment.participant_id}, by=by, now=clock.now()
    )
    return made


def make_roster(session: ClassSession, by: Staff, count: int) -> list[Registration]:
    """Register `count` fictional people."""
    return [make_registered(session, by, f"Person{n}", f"Fictional{n}") for n in range(count)]


def coordinator() -> Staff:
    return make_staff(Role.SBAD_COORDINATOR)


def instructor(name: str = "Ben Castro") -> Staff:
    return make_staff(Role.INSTRUCTOR, name=name)


def at(hour: int, minute: int = 0) -> datetime:
    """Return an instant of the class day."""
    return datetime(2026, 11, 21, hour, minute, tzinfo=UTC)
