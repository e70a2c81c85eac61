"""Many people at the same moment: no seat is given twice, no mark is lost."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from flask import Flask
from sqlalchemy import func, select

from diversion.core.database import db, transaction
from diversion.core.handles import new_handle
from diversion.core.tracks import Track
from diversion.enrollments.codes import EnrollmentState
from diversion.enrollments.lifecycle.services import AlreadyEnrolled, accept
from diversion.enrollments.models import Enrollment
from diversion.enrollments.referrals.models import Referral
from diversion.sbad.attendance import queries, services
from diversion.sbad.attendance.models import AttendanceMark
from diversion.sbad.attendance.rules import Mark, Presence
from diversion.sbad.classes.models import ClassSession
from diversion.sbad.rosters import services as rosters
from diversion.sbad.rosters.models import SEATED, Registration
from diversion.sbad.rosters.rules import ClassIsFull
from diversion.staff.models import Staff
from tests.factories.enrollments import TODAY, make_referral, make_terms
from tests.factories.participants import make_participant
from tests.factories.sbad import (
    CLASS_DAY,
    at,
    coordinator,
    instructor,
    make_class,
    make_enrolled,
    make_roster,
)


def together(app: Flask, acts: list[Callable[[], object]]) -> list[object]:
    """Run every act in a thread of its own, begun at one moment; return what came of each."""
    gate = Barrier(len(acts))

    def run(act: Callable[[], object]) -> object:
        with app.app_context():
            gate.wait()
            try:
                with transaction():
                    return act()
            except Exception as error:
                return error
            finally:
                db.session.remove()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def test_sixteen_people_and_five_seats_le_05(app: Flask) -> None:
    with app.app_context(), transaction():
        office = coordinator()
        session_id = make_class(office, capacity=5).id
        people = [make_enrolled(office, f"Person{n}", f"Fictional{n}").id for n in range(16)]
        office_id = office.id

    def take_a_seat(enrollment_id: int) -> Callable[[], object]:
        def act() -> object:
            session = db.session.get_one(ClassSession, session_id)
            enrollment = db.session.get_one(Enrollment, enrollment_id)
            by = db.session.get_one(Staff, office_id)
            return len(rosters.register(session, [enrollment], cleared=(), by=by, now=at(18)))

        return act

    found = together(app, [take_a_seat(each) for each in people])
    with app.app_context():
        taken = db.session.scalar(
            select(func.count()).select_from(Registration).where(Registration.state.in_(SEATED))
        )
    assert taken == 5
    assert found.count(1) == 5
    assert sum(isinstance(each, ClassIsFull) for each in found) == 11, found


def test_two_referrals_of_one_person_make_one_enrollment(app: Flask) -> None:
    with app.app_context(), transaction():
        office = coordinator()
        make_terms(office)
        person = make_participant(Track.SBAD, by=office)
        waiting = [make_referral(person, office).id for _ in "12"]
        office_id = office.id

    def take_part(referral_id: int) -> Callable[[], object]:
        def act() -> object:
            referral = db.session.get_one(Referral, referral_id)
            return accept(referral, by=db.session.get_one(Staff, office_id), on=TODAY).state

        return act

    found = together(app, [take_part(each) for each in waiting])
    assert found.count(EnrollmentState.PENDING) == 1, found
    assert sum(isinstance(each, AlreadyEnrolled) for each in found) == 1, found


def test_eight_instructors_marking_at_once_lose_and_double_nothing(app: Flask) -> None:
    with app.app_context(), transaction():
        office = coordinator()
        staff = [instructor(f"Person{n} Teacher") for n in range(8)]
        session = make_class(office, instructors=staff)
        rows = [(row.id, row.handle) for row in make_roster(session, office, 4)]
        session_id, ids = session.id, [each.id for each in staff]

    def mark_everybody(staff_id: int) -> Callable[[], object]:
        sent = [
            Mark(new_handle(20), handle, Presence.HERE, at(17), device=f"device-{staff_id}")
            for _id, handle in rows
        ]

        def act() -> object:
            day = db.session.get_one(ClassSession, session_id)
            by = db.session.get_one(Staff, staff_id)
            first = services.record(day, sent, by=by, on=CLASS_DAY, now=at(18))
            assert services.record(day, sent, by=by, on=CLASS_DAY, now=at(18)) == first
            return len(first)

        return act

    assert together(app, [mark_everybody(each) for each in ids]) == [4] * 8
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(AttendanceMark)) == 32
        assert [queries.versions(row_id) for row_id, _handle in rows] == [8] * 4
