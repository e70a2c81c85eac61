"""Take back what an import made, unless later work rests on it."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import exists, or_, select

from diversion.core.database import db
from diversion.core.tracks import Track
from diversion.enrollments.agreements.models import Agreement
from diversion.enrollments.imports.models import ImportRun
from diversion.enrollments.imports.queries import objects
from diversion.enrollments.imports.services import BuiltOn, Undo
from diversion.enrollments.lifecycle import services as lifecycle
from diversion.enrollments.models import Enrollment, EnrollmentStep
from diversion.enrollments.referrals.models import Referral
from diversion.fees import imported as fees
from diversion.participants import services as participants
from diversion.participants.models import Envelope, Participant
from diversion.sbad.attendance.models import AttendanceMark
from diversion.sbad.classes.models import ClassSession, ClassState
from diversion.sbad.rosters.models import Registration, RegistrationState
from diversion.staff.models import Staff


def check(run: ImportRun) -> None:
    """Raises BuiltOn if anything was added to what a run made."""
    made = objects(run.id)
    registrations, enrollments = made.get("registration", []), made.get("enrollment", [])
    people, sessions = made.get("participant", []), made.get("class_session", [])
    mark, seat = AttendanceMark, Registration
    theirs = or_(seat.enrollment_id.in_(enrollments), seat.class_session_id.in_(sessions))
    for facts in (
        (mark.registration_id.in_(registrations), mark.is_imported.is_(False)),
        (theirs, seat.id.not_in(registrations)),
        (ClassSession.id.in_(sessions), ClassSession.is_imported.is_(False)),
        (Agreement.enrollment_id.in_(enrollments),),
        (EnrollmentStep.enrollment_id.in_(enrollments), EnrollmentStep.recorded_at > run.done_at),
        (Enrollment.participant_id.in_(people), Enrollment.id.not_in(enrollments)),
        (Referral.participant_id.in_(people), Referral.id.not_in(made.get("referral", []))),
        (
            Envelope.track == Track.SBAD,
            Envelope.participant_id.in_(people),
            Envelope.sealed_at > run.done_at,
        ),
    ):
        if db.session.scalar(select(exists().where(*facts))):
            raise BuiltOn


def undoers(*, by: Staff, today: date, now: datetime) -> Mapping[str, Undo]:
    """Return how each kind of row is taken back, the dependent ones first."""
    return {
        "receipt": lambda ids: fees.undo_receipts(ids, by=by, on=today, now=now),
        "obligation": lambda ids: fees.undo_obligations(ids, by=by, on=today, now=now),
        "registration": _registrations,
        "class_session": _class_days,
        "enrollment": lambda ids: _enrollments(ids, by=by, today=today),
        "referral": lambda ids: None,  # it stays as it was: nobody opens it any more
        "participant": lambda ids: _people(ids, by=by),
    }


def _registrations(ids: Sequence[int]) -> None:
    for row in db.session.scalars(select(Registration).where(Registration.id.in_(ids))):
        row.state = RegistrationState.CANCELLED


def _class_days(ids: Sequence[int]) -> None:
    for row in db.session.scalars(select(ClassSession).where(ClassSession.id.in_(ids))).unique():
        row.state = ClassState.CANCELLED


def _enrollments(ids: Sequence[int], *, by: Staff, today: date) -> None:
    for row in db.session.scalars(select(Enrollment).where(Enrollment.id.in_(ids))).unique():
        lifecycle.take_back(row, by=by, on=today)


def _people(ids: Sequence[int], *, by: Staff) -> None:
    theirs = select(Participant).where(Participant.track == Track.SBAD, Participant.id.in_(ids))
    for person in db.session.scalars(theirs):
        participants.take_back(person, by=by)
