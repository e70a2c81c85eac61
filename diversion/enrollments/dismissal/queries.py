"""Ask for record checks, the clock in force, and what is to be set aside."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import func, select

from diversion.core.database import db
from diversion.core.tracks import Track
from diversion.enrollments.codes import EnrollmentState, LegalBasis
from diversion.enrollments.dismissal.models import RecordCheck, SetAside, StatuteClock
from diversion.enrollments.models import Enrollment, EnrollmentStep


def record_checks(enrollment_id: int) -> Sequence[RecordCheck]:
    """Return every look for a new arrest, the latest first."""
    return db.session.scalars(
        select(RecordCheck)
        .where(RecordCheck.enrollment_id == enrollment_id)
        .order_by(RecordCheck.id.desc())
    ).all()


def clock_of(track: Track, basis: LegalBasis, on: date) -> StatuteClock | None:
    """Return the clock of a legal basis on a day, if counsel has set one."""
    return db.session.scalars(
        select(StatuteClock)
        .where(
            StatuteClock.track == track, StatuteClock.legal_basis == basis,
            StatuteClock.in_force_on <= on,
        )
        .order_by(StatuteClock.in_force_on.desc(), StatuteClock.id.desc())
        .limit(1)
    ).first()  # fmt: skip


def clocks(track: Track) -> Sequence[StatuteClock]:
    """Return every clock, the newest first."""
    return db.session.scalars(
        select(StatuteClock).where(StatuteClock.track == track).order_by(StatuteClock.id.desc())
    ).all()


def set_aside_of(enrollment_id: int) -> SetAside | None:
    return db.session.get(SetAside, enrollment_id)


def without_date(track: Track, basis: LegalBasis) -> list[tuple[Enrollment, date]]:
    """Return what was dismissed, and when, and has no day from which it can be set aside."""
    rows = db.session.execute(
        select(Enrollment, func.max(EnrollmentStep.happened_on))
        .join(EnrollmentStep, EnrollmentStep.enrollment_id == Enrollment.id)
        .where(
            Enrollment.track == track,
            Enrollment.legal_basis == basis,
            Enrollment.state == EnrollmentState.DISMISSED,
            EnrollmentStep.after == EnrollmentState.DISMISSED,
            Enrollment.id.not_in(select(SetAside.enrollment_id)),
        )
        .group_by(Enrollment.id)
    )
    return [(enrollment, dismissed_on) for enrollment, dismissed_on in rows]
